import { execFileSync } from 'node:child_process';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { completionOf } from '../../src/cli/completion.js';
import { buildProgram } from '../../src/cli/program.js';

const program = buildProgram({}, () => undefined);

interface Verb {
  readonly words: readonly string[];
  readonly command: Command;
}

/** The program, its verbs and their verbs. */
const verbsOf = (command: Command, words: readonly string[] = []): readonly Verb[] => [
  { words, command },
  ...command.commands.flatMap((verb) => verbsOf(verb, [...words, verb.name()])),
];
const VERBS = verbsOf(program);

/** What a real bash offers for each line; the cursor stands at its end. */
function askBash(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const asked = lines.map((words) => {
    const typed = ['tandem', ...words].map((word) => `'${word}'`).join(' ');
    return `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _tandem; echo "\${COMPREPLY[*]}"`;
  });
  const script = [completionOf('bash', program), ...asked].join('\n');
  const answers = execFileSync('bash', ['--norc', '-u', '-c', script], { encoding: 'utf8' }).split('\n');
  return lines.map((_line, index) => (answers[index] ?? '').split(' ').filter((word) => word !== ''));
}

it('knows a tree worth completing', () => {
  expect(VERBS.map(({ words }) => words.join(' '))).toEqual(
    expect.arrayContaining(['plan', 'sync', 'worker', 'reminders ls', 'completion']),
  );
});

it('offers every verb and every option where it belongs', () => {
  const offered = askBash(VERBS.map(({ words }) => [...words, '']));
  for (const [index, { command, words }] of VERBS.entries()) {
    const below = command.commands.map((verb) => verb.name());
    const options = command.options.map(({ long }) => String(long));
    expect(offered[index], `tandem ${words.join(' ')}`).toEqual(expect.arrayContaining([...below, ...options]));
    expect(new Set(offered[index]).size).toBe(offered[index]?.length);
  }
});

it.each([
  { name: 'the beginning of a verb', typed: ['pl'], offers: ['plan'] },
  { name: 'a verb after an option of its own', typed: ['reminders', 'ls', '--al'], offers: ['--all'] },
  { name: 'the values of an option', typed: ['worker', '--parts', ''], offers: ['all', 'reconcile', 'scheduler'] },
  { name: 'the values of an argument', typed: ['completion', 'f'], offers: ['fish'] },
  { name: 'a file where one is wanted', typed: ['plan', '--config', 'package.js'], offers: ['package.json'] },
  { name: 'nothing where only a person knows', typed: ['plan', '--as-of', ''], offers: [] },
  { name: 'nothing for what no verb begins with', typed: ['q'], offers: [] },
])('offers $name', ({ typed, offers }) => {
  expect(askBash([typed])).toEqual([offers]);
});

it('says the same to zsh, by way of bash, and to fish', () => {
  expect(completionOf('zsh', program)).toContain(completionOf('bash', program));
  const fish = completionOf('fish', program);
  for (const { words, command } of VERBS) {
    const here = `__tandem_at '${words.join(' ')}'`;
    for (const verb of command.commands) expect(fish).toContain(`${here}" -a ${verb.name()} -d `);
    for (const { long } of command.options) expect(fish).toMatch(new RegExp(`${here}".* -l ${long?.slice(2)} `));
  }
});
