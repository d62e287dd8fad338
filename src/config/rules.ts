/**
 * What the declaration cannot say because it spans several keys, one function per rule. Rules read the
 * outline, so they speak even where other parts of the file are wrong.
 */
import { type Mistake, type Path, shownValue } from './config-error.js';
import { judgeBaseUrl } from './connections.js';
import { listOf, type Outline } from './outline.js';
import { checkSource } from './source-rules.js';
import { suggest } from './suggest.js';
import { unknownConnection } from './unknown-connection.js';

export interface RuleContext {
  /** Whether connections may point at other machines. */
  readonly allowCustomBaseUrl: boolean;
  /** Codes that may be switched off; absent: not checked. */
  readonly known?: { readonly rules: readonly string[]; readonly reminders: readonly string[] };
}

/** Everything that does not fit together. */
export function checkRules(outline: Outline, context: RuleContext): readonly Mistake[] {
  return [
    ...checkBaseUrls(outline, context.allowCustomBaseUrl),
    ...checkPeople(outline),
    ...checkCalendar(outline),
    ...outline.sources.flatMap((source) => checkSource(source, outline)),
    ...checkDisabled(outline, context.known),
  ];
}

const invalid = (path: Path, what: string, why: string, next: string): Mistake => ({
  code: 'config-invalid',
  path,
  at: 'value',
  what,
  why,
  next,
});

const BASE_URL_FAULTS = {
  'not-a-url': 'It is not an address.',
  'not-http': 'Only http and https can be spoken.',
  credentials: 'It holds a user name or password; tokens come from the environment only.',
  query: 'It holds a query or fragment; only scheme, host, port and path are used.',
  'not-loopback': 'The token would be sent to that host. Only this machine is allowed: 127.0.0.1, [::1] or localhost.',
} as const;

/** The address itself is not repeated: it may hold credentials. */
function checkBaseUrls({ connections }: Outline, allowCustom: boolean): readonly Mistake[] {
  return [...connections].flatMap(([name, connection]) => {
    const baseUrl = connection.get('baseUrl');
    if (typeof baseUrl !== 'string' || baseUrl.trim() === '') return [];
    const verdict = judgeBaseUrl(baseUrl, allowCustom);
    if (verdict.ok) return [];
    const path = ['connections', name, 'baseUrl'];
    const next =
      verdict.fault === 'not-loopback'
        ? 'Remove it to talk to the tool itself, or set TANDEM_ALLOW_CUSTOM_BASE_URL=1 if you trust the host.'
        : 'Write it like http://127.0.0.1:4010, or remove it.';
    return [invalid(path, `\`${path.join('.')}\` cannot be used`, BASE_URL_FAULTS[verdict.fault], next)];
  });
}

function checkPeople({ people, connections }: Outline): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const owner = new Map([...people.keys()].map((name) => [name.trim().toLowerCase(), name]));
  for (const [name, person] of people) {
    const ids = person.get('ids');
    for (const connection of Object.keys(typeof ids === 'object' && ids !== null ? ids : {})) {
      const unknown = unknownConnection(['people', name, 'ids', connection], 'key', connection, connections.keys());
      if (unknown !== undefined) mistakes.push(unknown);
    }
    for (const [index, alias] of listOf(person.get('aliases')).entries()) {
      if (typeof alias !== 'string') continue;
      const key = alias.normalize('NFC').trim().toLowerCase();
      const other = owner.get(key);
      if (other !== undefined && other !== name) {
        const what = `${shownValue(alias)} already means ${shownValue(other)}`;
        const why = 'A name that stands for two people would send tasks to the wrong one.';
        mistakes.push(invalid(['people', name, 'aliases', index], what, why, 'Remove it from one of the two.'));
      }
      owner.set(key, other ?? name);
    }
  }
  return mistakes;
}

function checkCalendar({ calendar }: Outline): readonly Mistake[] {
  const extra = listOf(calendar.get('extra'));
  return [...listOf(calendar.get('remove')).entries()].flatMap(([index, day]) =>
    typeof day === 'string' && extra.includes(day)
      ? [
          invalid(
            ['calendar', 'remove', index],
            `${day} is both added and removed`,
            'A day cannot be a day off and a working day.',
            'Keep it in one of the two lists.',
          ),
        ]
      : [],
  );
}

function checkDisabled({ disabled }: Outline, known: RuleContext['known']): readonly Mistake[] {
  if (known === undefined) return [];
  return (['rules', 'reminders'] as const).flatMap((kind) =>
    [...disabled[kind].entries()].flatMap(([index, code]): readonly Mistake[] => {
      if (typeof code !== 'string' || known[kind].includes(code)) return [];
      const guess = suggest(code, known[kind]);
      const what = `there is no ${kind === 'rules' ? 'rule' : 'reminder'} ${shownValue(code)}`;
      const why = `Known: ${known[kind].join(', ')}.`;
      const mistake = invalid(['policy', kind, 'disabled', index], what, why, 'Correct or remove it.');
      return [guess === undefined ? mistake : { ...mistake, didYouMean: guess }];
    }),
  );
}
