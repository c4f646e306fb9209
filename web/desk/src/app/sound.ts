// Two short synthesised sounds: a two-tone for my conversations, a softer single one for the queue.
// Must stay true: no files, nothing before the first gesture (browsers refuse), quiet.

import { SoundLimit, type Tone } from "../sync/attention";

interface Note {
  hertz: number;
  at_s: number;
  length_s: number;
  volume: number;
}

const SOUNDS: Record<Tone, Note[]> = {
  mine: [
    { hertz: 659.25, at_s: 0, length_s: 0.16, volume: 0.14 },
    { hertz: 880, at_s: 0.11, length_s: 0.28, volume: 0.12 },
  ],
  queue: [{ hertz: 523.25, at_s: 0, length_s: 0.32, volume: 0.07 }],
};

const limit = new SoundLimit();
let audio: AudioContext | null = null;

export function sound(tone: Tone): void {
  if (!navigator.userActivation.hasBeenActive) return;
  if (!limit.allow(performance.now())) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
  for (const note of SOUNDS[tone]) play(audio, note);
}

function play(context: AudioContext, { hertz, at_s, length_s, volume }: Note): void {
  const from = context.currentTime + at_s;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(volume, from + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, from + length_s);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + length_s);
}
