//! A calendar: opening hours of the workspace under a name, with holidays, that inboxes follow.
//!
//! What must stay true: an inbox that follows a calendar has its zone, week and closed days among its own settings, put
//! there by the transaction that changes the calendar or lets the inbox follow it, so that nothing else looks here; a
//! calendar that an inbox follows stays. Whoever changes a calendar locks it before its inboxes, and so does an inbox
//! that begins to follow one.

use crate::{
    CALENDAR_NAME_INVALID, CALENDAR_NAME_TAKEN, CALENDAR_UNKNOWN, CALENDAR_USED, CLOSED_DAY_INVALID, HOURS_INVALID,
    Hours, OpenSpan, TOO_MANY_CALENDARS, Website, event,
    event::What,
    hours::{CLOSED_DAYS, is_date},
    inbox,
};
use axum::{Json, http::StatusCode};
use base::{Audited, Body, Caller, Ctx, Permit, Problem, Right, Tx, refusal};
use db::{Row, params, sql};
use ids::{CalendarId, InboxId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 60;
const DAY_NAME_CHARACTERS: usize = 60;
/// Of one workspace.
const MOST: usize = 50;
/// Inboxes that a refusal names.
const NAMED: usize = 5;

/// When a calendar is open and when not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarHours {
    /// Of the IANA database, for example `Asia/Jakarta`.
    pub zone: String,
    /// By day and time; none of a day: closed.
    pub week: Vec<OpenSpan>,
    /// At most 200, in order.
    #[serde(default)]
    pub closed_days: Vec<ClosedDay>,
}

/// A day on which nobody answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosedDay {
    /// For example `2026-12-25`.
    pub day: String,
    /// Why, for example `Christmas`: at most 60 characters, or none.
    #[serde(default)]
    pub name: String,
    /// Also in all other years.
    #[serde(default)]
    pub yearly: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Calendar {
    pub id: CalendarId,
    pub name: String,
    pub hours: CalendarHours,
    /// Which inboxes follow it.
    pub inbox_ids: Vec<InboxId>,
}

#[derive(Serialize, ToSchema)]
pub struct CalendarList {
    /// By name.
    pub items: Vec<Calendar>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveCalendar {
    /// One line of at most 60 characters.
    pub name: String,
    pub hours: CalendarHours,
}

/// May see the calendars.
pub struct CanSeeCalendars;

impl Permit for CanSeeCalendars {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::INBOX_MANAGE)?;
        Ok(Self)
    }
}

/// May make, change and remove the calendar of this id.
pub struct CanManageCalendar(CalendarId);

impl Permit for CanManageCalendar {
    type Target = CalendarId;

    async fn grant(caller: &Caller, target: CalendarId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        // All of them are hidden from whoever changes no inboxes, or none: the missing right tells nothing.
        caller.member()?.must_hold(Right::INBOX_MANAGE)?;
        Ok(Self(target))
    }
}

impl CalendarHours {
    /// In their stored form, or why they cannot be used.
    fn checked(mut self) -> Result<Self, Problem> {
        // Not only what is left for inboxes, to which a day that comes each year is one, whichever year names it.
        if self.closed_days.len() > CLOSED_DAYS {
            return Err(HOURS_INVALID.with("day", 0));
        }
        for closed in &mut self.closed_days {
            if !is_date(&closed.day) {
                return Err(HOURS_INVALID.with("day", 0));
            }
            let name = base::optional(Some(&closed.name[..]), DAY_NAME_CHARACTERS, CLOSED_DAY_INVALID)?;
            closed.name = name.unwrap_or_default();
            if closed.name.chars().any(|char| char.is_control() || base::turns_direction(char)) {
                return Err(CLOSED_DAY_INVALID.with("max", DAY_NAME_CHARACTERS));
            }
        }
        self.closed_days.sort_unstable();
        self.closed_days.dedup_by(|later, first| {
            first.yearly |= later.yearly && later.day == first.day;
            later.day == first.day
        });
        let Hours { zone, week, .. } = self.as_followed(CalendarId(ids::Uuid::nil()), true).checked()?;
        Ok(Self { zone, week, ..self })
    }

    /// As an inbox keeps them.
    fn as_followed(&self, calendar: CalendarId, enabled: bool) -> Hours {
        let day = |closed: &ClosedDay| match closed.day.get(5..) {
            Some(rest) if closed.yearly => format!("--{rest}"),
            _ => closed.day.clone(),
        };
        Hours {
            enabled,
            calendar_id: Some(calendar),
            zone: self.zone.clone(),
            week: self.week.clone(),
            closed_days: self.closed_days.iter().map(day).collect(),
        }
    }
}

/// The hours that a change of settings asks for, when they follow a calendar.
pub(crate) fn following(website: &Map<String, Value>) -> Option<Hours> {
    let hours: Hours = serde_json::from_value(website.get("hours")?.clone()).ok()?;
    hours.calendar_id.is_some().then_some(hours)
}

/// Hours with what the calendar that they name says now; it stays so until this transaction ends.
pub(crate) async fn followed(tx: &mut Tx<'_>, hours: Hours) -> Result<Hours, Problem> {
    let Some(id) = hours.calendar_id else { return Ok(hours) };
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT hours FROM calendars WHERE workspace_id = ?1 AND id = ?2",
                postgres: "SELECT hours FROM calendars WHERE workspace_id = $1 AND id = $2 FOR SHARE"
            ),
            &params![tx.workspace, id],
        )
        .await?
        .ok_or(CALENDAR_UNKNOWN)?;
    let calendar: CalendarHours = serde_json::from_str(&row.get::<String>("hours")?)?;
    calendar.as_followed(id, hours.enabled).checked()
}

/// With the inboxes that follow it. Nobody else changes it, or begins to follow it, before this transaction ends.
async fn lock(tx: &mut Tx<'_>, id: CalendarId) -> Result<Option<(Calendar, Vec<Follower>)>, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT id, name, hours FROM calendars WHERE workspace_id = ?1 AND id = ?2",
                postgres: "SELECT id, name, hours FROM calendars WHERE workspace_id = $1 AND id = $2 FOR UPDATE"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut followers = followers(tx).await?;
    let calendar = from_row(&row, &followers)?;
    followers.retain(|one| one.calendar == id);
    Ok(Some((calendar, followers)))
}

/// An inbox that follows a calendar.
struct Follower {
    inbox: InboxId,
    name: String,
    calendar: CalendarId,
}

/// By their names.
async fn followers(tx: &mut Tx<'_>) -> Result<Vec<Follower>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, name, settings FROM inboxes WHERE workspace_id = $1 AND channel = 'website' \
                 ORDER BY name, id"
            ),
            &params![tx.workspace],
        )
        .await?;
    let mut followers = Vec::new();
    for row in &rows {
        let website: Website = serde_json::from_str(&row.get::<String>("settings")?)?;
        if let Some(calendar) = website.hours.calendar_id {
            followers.push(Follower { inbox: row.get("id")?, name: row.get("name")?, calendar });
        }
    }
    Ok(followers)
}

fn from_row(row: &Row, followers: &[Follower]) -> Result<Calendar, Problem> {
    let id = row.get("id")?;
    let inbox_ids = followers.iter().filter(|one| one.calendar == id).map(|one| one.inbox).collect();
    let hours = serde_json::from_str(&row.get::<String>("hours")?)?;
    Ok(Calendar { id, name: row.get("name")?, hours, inbox_ids })
}

async fn list(tx: &mut Tx<'_>) -> Result<Vec<Calendar>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT id, name, hours FROM calendars WHERE workspace_id = $1 ORDER BY folded"),
            &params![tx.workspace],
        )
        .await?;
    let followers = followers(tx).await?;
    rows.iter().map(|row| from_row(row, &followers)).collect()
}

/// Makes the calendar, or changes it with all inboxes that follow it.
async fn save(tx: &mut Tx<'_>, id: CalendarId, asked: SaveCalendar) -> Result<Calendar, Problem> {
    let name = base::name(&asked.name, NAME_CHARACTERS, CALENDAR_NAME_INVALID)?;
    let hours = asked.hours.checked()?;
    let before = lock(tx, id).await?.map(|(calendar, _)| calendar);
    if before.is_none() && list(tx).await?.len() >= MOST {
        return Err(TOO_MANY_CALENDARS.with("max", MOST));
    }
    let inbox_ids = before.as_ref().map(|before| before.inbox_ids.clone()).unwrap_or_default();
    let after = Calendar { id, name, hours, inbox_ids };
    if before.as_ref() == Some(&after) {
        return Ok(after);
    }
    write(tx, &after).await?;
    let told = |calendar: &Calendar| serde_json::json!({ "name": calendar.name, "hours": calendar.hours });
    let Some(before) = before else {
        tx.audit(Audited::created("calendar", id, &after.name, &told(&after))?);
        return Ok(after);
    };
    tx.audit(Audited::changed("calendar", id, &after.name, &told(&before), &told(&after))?);
    if after.hours != before.hours {
        // In the order of their ids, as the workspace's time limit locks them.
        for inbox in after.inbox_ids.iter().collect::<BTreeSet<_>>() {
            follow(tx, *inbox, &after).await?;
        }
    }
    Ok(after)
}

async fn write(tx: &mut Tx<'_>, calendar: &Calendar) -> Result<(), Problem> {
    let Calendar { id, name, hours, .. } = calendar;
    let written = tx
        .execute(
            sql!(
                "INSERT INTO calendars (workspace_id, id, name, folded, hours, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, id) \
                 DO UPDATE SET name = excluded.name, folded = excluded.folded, hours = excluded.hours"
            ),
            &params![tx.workspace, *id, name.as_str(), name.to_lowercase(), serde_json::to_string(hours)?, tx.now],
        )
        .await;
    match written {
        Err(db::Error::Unique(_)) => Err(CALENDAR_NAME_TAKEN.with("name", name.as_str())),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}

/// Puts what the calendar says now into an inbox. Who waits there is looked at again, as after each change of hours.
async fn follow(tx: &mut Tx<'_>, id: InboxId, calendar: &Calendar) -> Result<(), Problem> {
    inbox::lock(tx, id).await?;
    let known = inbox::find(tx, id).await?;
    let times = known.as_ref().is_some_and(|inbox| inbox.time_limit.as_ref().is_some_and(|limit| limit.in_hours));
    let Some(website) = known.and_then(|inbox| inbox.website) else { return Ok(()) };
    // It may have left the calendar before it was locked.
    if website.hours.calendar_id != Some(calendar.id) {
        return Ok(());
    }
    let hours = calendar.hours.as_followed(calendar.id, website.hours.enabled).checked()?;
    tx.put(
        sql!("UPDATE inboxes SET settings = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, serde_json::to_string(&Website { hours, ..website })?],
    )
    .await?;
    event::changed(tx, id, What { times, ..What::default() }).await?;
    Ok(())
}

async fn remove(tx: &mut Tx<'_>, id: CalendarId) -> Result<(), Problem> {
    let (calendar, followers) = lock(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
    let used: Vec<_> = followers.into_iter().map(|one| one.name).collect();
    if !used.is_empty() {
        let named = used[..used.len().min(NAMED)].join(", ");
        return Err(CALENDAR_USED.with("inboxes", named).with("count", used.len()));
    }
    tx.put(sql!("DELETE FROM calendars WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, id]).await?;
    let told = serde_json::json!({ "name": calendar.name, "hours": calendar.hours });
    tx.audit(Audited::removed("calendar", id, &calendar.name, &told)?);
    Ok(())
}

/// List the calendars
#[utoipa::path(
    get, path = "/api/v1/calendars", tag = "inboxes",
    responses((status = 200, body = CalendarList), (status = "default", description = "unauthenticated, forbidden", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn list_calendars(ctx: Ctx<CanSeeCalendars>) -> Result<Json<CalendarList>, Problem> {
    ctx.read(|tx, CanSeeCalendars| Box::pin(async move { Ok(Json(CalendarList { items: list(tx).await? })) })).await
}

/// Make a calendar, or change it and the hours of the inboxes that follow it
#[utoipa::path(
    put, path = "/api/v1/calendars/{calendar}", tag = "inboxes", params(("calendar" = CalendarId, Path)),
    request_body = SaveCalendar,
    responses((status = 200, body = Calendar), (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, calendar_name_invalid, calendar_name_taken, closed_day_invalid, hours_invalid, hours_zone_unknown, too_many_calendars", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn save_calendar(
    ctx: Ctx<CanManageCalendar>,
    Body(asked): Body<SaveCalendar>,
) -> Result<Json<Calendar>, Problem> {
    ctx.write(|tx, CanManageCalendar(id)| Box::pin(save(tx, id, asked))).await.map(Json)
}

/// Remove a calendar that no inbox follows
#[utoipa::path(
    delete, path = "/api/v1/calendars/{calendar}", tag = "inboxes", params(("calendar" = CalendarId, Path)),
    responses((status = 204), (status = "default", description = "unauthenticated, wrong_origin, forbidden, not_found, calendar_used", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn remove_calendar(ctx: Ctx<CanManageCalendar>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanManageCalendar(id)| Box::pin(remove(tx, id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(day: &str, yearly: bool) -> ClosedDay {
        ClosedDay { day: day.to_owned(), name: "Holiday".to_owned(), yearly }
    }

    #[test]
    fn a_day_that_comes_each_year_is_closed_in_each() {
        let week = (1..=7).map(|day| OpenSpan { day, from: 0, until: 1_440 }).collect();
        let closed_days = vec![closed("2026-12-25", true), closed("2026-12-24", false), closed("2026-12-25", false)];
        let hours = CalendarHours { zone: "UTC".to_owned(), week, closed_days }.checked().expect("hours");
        assert_eq!(hours.closed_days.len(), 2, "a day is named once");
        let inbox = hours.as_followed(CalendarId(ids::Uuid::nil()), true);
        let open = |at: &str| {
            let at = at.parse::<jiff::Timestamp>().expect("a time").as_millisecond();
            inbox.opening(at).expect("hours").open
        };
        assert!(!open("2026-12-24T12:00:00Z") && open("2027-12-24T12:00:00Z"));
        assert!(!open("2026-12-25T12:00:00Z") && !open("2027-12-25T12:00:00Z"));
        for wrong in ["2026-02-30", "12-25", "--12-25", ""] {
            let wrong_hours = CalendarHours { closed_days: vec![closed(wrong, true)], ..hours.clone() };
            assert!(wrong_hours.checked().is_err(), "{wrong}");
        }
        let leap = CalendarHours { closed_days: vec![closed("2028-02-29", true)], ..hours };
        assert!(leap.checked().is_ok());
    }
}
