//! The main job, on both engines: a visitor writes, a member answers, both see the truth.

mod access;
mod attachments;
mod auto_close;
mod blocks;
mod cards;
mod corrections;
mod drafts;
mod files;
mod hours;
mod limits;
mod log;
mod messages;
mod mutes;
mod notes;
mod pages;
mod pre_chat;
mod quotes;
mod rating;
mod resume;
mod scene;
mod scheduled;
mod snooze;
mod statements;
mod titles;
mod typing;
