/** Rich text: read from requests, merged as Notion merges it, printed in answers. */
import { z } from 'zod';
import { storedMoment } from './dates.js';
import { uuidOf } from './ids.js';
import { check, invalid, misplaced, quoted } from './refusals.js';
import type { NotionState, Run, TextStyle } from './state.js';

export const PLAIN: TextStyle = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};

const reference = z.looseObject({ id: z.string() });

const richTextItem = z.looseObject({
  type: z.enum(['text', 'mention', 'equation']).optional(),
  text: z
    .strictObject({
      content: z.string().max(2000),
      link: z.looseObject({ url: z.string().max(2000) }).nullish(),
    })
    .optional(),
  equation: z.strictObject({ expression: z.string().max(1000) }).optional(),
  mention: z
    .looseObject({
      user: reference.optional(),
      page: reference.optional(),
      date: z.looseObject({ start: z.string(), end: z.string().nullish() }).optional(),
    })
    .optional(),
  annotations: z
    .strictObject({
      bold: z.boolean().optional(),
      italic: z.boolean().optional(),
      strikethrough: z.boolean().optional(),
      underline: z.boolean().optional(),
      code: z.boolean().optional(),
      color: z.string().optional(),
    })
    .optional(),
});
type Item = z.infer<typeof richTextItem>;
type Mention = NonNullable<Item['mention']>;

/** The items of a request at `place`, merged. Refuses what is too long and what is no rich text. */
export function readRichText(state: NotionState, given: unknown, place: string): readonly Run[] {
  const items = check(z.array(richTextItem).max(100), given, place);
  return merged(
    items.map((item, index) => ({ content: contentOf(state, item, `${place}[${index}]`), style: styleOf(item) })),
  );
}

const styleOf = (item: Item): TextStyle => {
  const given = item.annotations ?? {};
  return {
    bold: given.bold ?? false,
    italic: given.italic ?? false,
    strikethrough: given.strikethrough ?? false,
    underline: given.underline ?? false,
    code: given.code ?? false,
    color: given.color ?? 'default',
  };
};

function contentOf(state: NotionState, item: Item, place: string): Run['content'] {
  if (item.text !== undefined) return { kind: 'text', text: item.text.content, link: item.text.link?.url ?? null };
  if (item.equation !== undefined) return { kind: 'equation', expression: item.equation.expression };
  if (item.mention !== undefined) return mentionOf(state, item.mention, `${place}.mention`);
  throw misplaced(`${place}.text`, 'should be defined, instead was `undefined`');
}

function mentionOf(state: NotionState, mention: Mention, place: string): Run['content'] {
  if (mention.user !== undefined) {
    const id = uuidOf(mention.user.id);
    // Only people can be mentioned; the bot cannot.
    if (id === undefined || !state.users.has(id)) throw invalid(`Could not find user with ID: ${mention.user.id}.`);
    return { kind: 'user', id };
  }
  if (mention.page !== undefined) {
    const id = uuidOf(mention.page.id);
    if (id === undefined)
      throw misplaced(`${place}.page.id`, `should be a valid uuid, instead was ${quoted(mention.page.id)}`);
    return { kind: 'page', id };
  }
  const start = mention.date && storedMoment(mention.date.start);
  if (start === undefined) throw misplaced(`${place}.user`, 'should be defined, instead was `undefined`');
  const end = mention.date?.end ? (storedMoment(mention.date.end) ?? null) : null;
  return { kind: 'date', date: { start, end } };
}

const sameStyle = (a: TextStyle, b: TextStyle): boolean =>
  a.bold === b.bold &&
  a.italic === b.italic &&
  a.strikethrough === b.strikethrough &&
  a.underline === b.underline &&
  a.code === b.code &&
  a.color === b.color;

/** Neighbours of one format become one item, even past 2,000 characters; empty items vanish. */
export function merged(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const { content } = run;
    if (content.kind === 'text' && content.text === '') continue;
    const last = result.at(-1);
    if (
      content.kind === 'text' &&
      last?.content.kind === 'text' &&
      last.content.link === content.link &&
      sameStyle(last.style, run.style)
    ) {
      result[result.length - 1] = { ...last, content: { ...last.content, text: last.content.text + content.text } };
    } else {
      result.push(run);
    }
  }
  return result;
}

/** Rich text of one plain string. */
export const plainRuns = (text: string): readonly Run[] =>
  text === '' ? [] : [{ content: { kind: 'text', text, link: null }, style: PLAIN }];

function plainOf(state: NotionState, run: Run): string {
  const { content } = run;
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'equation':
      return content.expression;
    case 'user':
      return `@${state.users.get(content.id)?.name ?? 'Anonymous'}`;
    case 'page': {
      const title = [...(state.pages.get(content.id)?.values.values() ?? [])].find((value) => value.kind === 'rich');
      return title === undefined ? 'Untitled' : plainText(state, title.runs);
    }
    case 'date':
      return content.date.end === null ? content.date.start : `${content.date.start} → ${content.date.end}`;
  }
}

/** The text without its format. */
export const plainText = (state: NotionState, runs: readonly Run[]): string =>
  runs.map((run) => plainOf(state, run)).join('');

/** Rich text as answers carry it. */
export function printRichText(state: NotionState, runs: readonly Run[]): readonly object[] {
  return runs.map((run) => ({
    ...printContent(state, run),
    annotations: run.style,
    plain_text: plainOf(state, run),
    href: run.content.kind === 'text' ? run.content.link : null,
  }));
}

function printContent(state: NotionState, { content }: Run): object {
  switch (content.kind) {
    case 'text':
      return {
        type: 'text',
        text: { content: content.text, link: content.link === null ? null : { url: content.link } },
      };
    case 'equation':
      return { type: 'equation', equation: { expression: content.expression } };
    case 'user':
      return {
        type: 'mention',
        mention: {
          type: 'user',
          user: { object: 'user', id: content.id, name: state.users.get(content.id)?.name ?? null },
        },
      };
    case 'page':
      return { type: 'mention', mention: { type: 'page', page: { id: content.id } } };
    case 'date':
      return { type: 'mention', mention: { type: 'date', date: { ...content.date, time_zone: null } } };
  }
}
