/** `tandem completion`: scripts by which a shell completes verbs, options and their values, made from the command tree. */
import type { Command, Option } from 'commander';
import { TandemError } from '../errors.js';

/** A verb, or the program itself, as a shell sees it. */
interface Place {
  /** The words that lead to it: '' for the program, 'reminders ls' for a verb of a verb. */
  readonly path: string;
  readonly verbs: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly Option[];
  /** Values its argument may have. */
  readonly choices: readonly string[];
}

/** Prints the script of a shell. */
export function runCompletion(shell: string, program: Command): number {
  process.stdout.write(completionOf(shell, program));
  return 0;
}

/** The script of a shell. */
export function completionOf(shell: string, program: Command): string {
  const places = placesOf(program, '');
  switch (shell) {
    case 'bash':
      return bash(places);
    case 'zsh':
      // zsh runs the functions of bash itself: one of them is enough to keep right.
      return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(places)}`;
    case 'fish':
      return fish(places);
    default:
      throw new TandemError('usage', `There is no completion for "${shell}".`);
  }
}

function placesOf(command: Command, path: string): readonly Place[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command);
  const here: Place = {
    path,
    verbs: below.map((verb) => ({ name: verb.name(), about: verb.description() })),
    options: help.visibleOptions(command),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  return [here, ...below.flatMap((verb) => placesOf(verb, `${path} ${verb.name()}`.trim()))];
}

const namesOf = ({ short, long }: Option): readonly string[] =>
  [short, long].filter((name): name is string => typeof name === 'string');
const takesValue = (option: Option): boolean => option.required || option.optional;
const takesFile = ({ flags }: Option): boolean => /<files?\b/.test(flags);

/** Where in the tree the words so far lead; a function of the shell, shared by what follows. */
function bash(places: readonly Place[]): string {
  const below = places.filter(({ path }) => path !== '').map(({ path }) => `"${path}"`);
  const values = places.flatMap(({ path, options }) =>
    options.filter(takesValue).map((option) => {
      const pattern = namesOf(option)
        .map((name) => `"${path}:${name}"`)
        .join('|');
      const found = takesFile(option) ? 'compgen -f' : `compgen -W "${(option.argChoices ?? []).join(' ')}"`;
      return `    ${pattern}) COMPREPLY=($(${found} -- "$cur")); return ;;`;
    }),
  );
  const words = places.map(
    ({ path, verbs, options, choices }) =>
      `    "${path}") words="${[...verbs.map(({ name }) => name), ...choices, ...options.flatMap(namesOf)].join(' ')}" ;;`,
  );
  return `# Completion of tandem: put this into a file your shell reads when it starts.
_tandem() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at="" words="" i next
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${at:+$at }\${COMP_WORDS[i]}"
    case "$next" in
    ${below.join('|')}) at="$next" ;;
    esac
  done
  COMPREPLY=()
  case "$at:$prev" in
${values.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _tandem tandem
`;
}

function fish(places: readonly Place[]): string {
  const below = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  const lines = places.flatMap(({ path, verbs, options, choices }) => {
    const here = `complete -c tandem -n "__tandem_at '${path}'"`;
    return [
      ...verbs.map(({ name, about }) => `${here} -a ${name} -d ${inQuotes(about)}`),
      ...choices.map((choice) => `${here} -a ${choice}`),
      ...options.map((option) => `${here}${fishNames(option)}${fishValue(option)} -d ${inQuotes(option.description)}`),
    ];
  });
  return `# Completion of tandem: put this into ~/.config/fish/completions/tandem.fish.
function __tandem_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim "$at $word")
    contains -- "$next" ${below.join(' ')}; and set at "$next"
  end
  test "$at" = "$argv[1]"
end
complete -c tandem -f
${lines.join('\n')}
`;
}

const fishNames = ({ short, long }: Option): string =>
  `${short === undefined ? '' : ` -s ${short.slice(1)}`}${long === undefined ? '' : ` -l ${long.slice(2)}`}`;

function fishValue(option: Option): string {
  if (!takesValue(option)) return '';
  if (takesFile(option)) return ' -r -F';
  return option.argChoices === undefined ? ' -x' : ` -x -a '${option.argChoices.join(' ')}'`;
}

const inQuotes = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
