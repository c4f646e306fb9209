// A soft two-tone when an answer arrives unseen. Synthesized: no file, no request.
// Must stay true: at most one in four seconds; silent when the browser has not yet allowed sound.

const GAP_MS = 4_000;
const TONES_HZ = [740, 988];
const TONE_S = 0.14;
const VOLUME = 0.06;

let context: AudioContext | null = null;
let played_at = 0;

export function chime(now_ms: number = Date.now()): void {
  if (now_ms - played_at < GAP_MS) return;
  played_at = now_ms;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  TONES_HZ.forEach((frequency, index) => tone(context!, frequency, index * TONE_S));
}

function tone(audio: AudioContext, frequency: number, delay_s: number): void {
  const start = audio.currentTime + delay_s;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(VOLUME, start);
  gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_S * 2);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + TONE_S * 2);
}
