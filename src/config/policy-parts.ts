/** What the numbers of the policy are made of: kinds with a range, and objections to numbers that do not fit together. */
import { z } from 'zod';

export const share = (preset: number, about: string) => z.number().min(0).max(1).default(preset).describe(about);
export const points = (preset: number, about: string) => z.number().min(0).max(100).default(preset).describe(about);
export const ratio = (preset: number, about: string) => z.number().min(1).max(100).default(preset).describe(about);
export const weight = (preset: number, about: string) => z.number().min(0).default(preset).describe(about);
export const marks = (preset: number, about: string) => z.number().min(0).max(4).default(preset).describe(about);
export const whole = (preset: number, about: string) => z.int().min(0).max(3660).default(preset).describe(about);
export const codes = (preset: readonly string[], about: string) =>
  z
    .array(z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/))
    .default([...preset])
    .describe(about);

interface Clash {
  readonly key: string;
  readonly why: string;
  readonly next: string;
}

/** Objects to a block whose numbers do not fit together. */
export const consistent =
  <T>(clash: (value: T) => Clash | undefined) =>
  (context: z.core.ParsePayload<T>): void => {
    const found = clash(context.value);
    if (found === undefined) return;
    const { key, why, next } = found;
    context.issues.push({ code: 'custom', input: context.value, path: [key], message: why, params: { why, next } });
  };

/** A block of whole numbers: one for each key of its defaults. */
export function wholes<K extends string>(presets: Readonly<Record<K, number>>, about: (key: K) => string) {
  const keys = Object.keys(presets) as K[];
  const entries = keys.map((key) => [key, whole(presets[key], about(key))]);
  return z.strictObject(Object.fromEntries(entries) as Record<K, ReturnType<typeof whole>>);
}
