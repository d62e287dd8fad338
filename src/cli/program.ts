/** Every verb and option there is. A verb's module is loaded only when it is asked for. */
import { readFileSync } from 'node:fs';
import { Argument, Command, Option } from 'commander';
import type { Environment } from './workspace.js';

const config = () => new Option('--config <file>', 'configuration file (default: tandem.yaml here or above)');
const asOf = () => new Option('--as-of <day>', 'judge as if today were this day, YYYY-MM-DD');

/** Builds the command tree; `end` receives the exit code of the verb that ran. */
export function buildProgram(env: Environment, end: (code: number) => void): Command {
  const program = new Command('tandem')
    .description('Keeps the partnership databases of a team in Notion and Airtable honest.')
    .version(version())
    .showSuggestionAfterError()
    .showHelpAfterError('  next:  Add --help to see what there is.')
    .exitOverride();
  program
    .command('init')
    .description('write a configuration for the tables your tokens can see; changes nothing there')
    .argument('[links...]', 'databases and bases to look at, as link, id or kpis=link; all of them unless given')
    .option('--config <file>', 'file to write', 'tandem.yaml')
    .option('--force', 'replace the file if it is there')
    .option('--print', 'print the configuration instead of writing it')
    .option('--json', 'print what was found as one JSON document')
    .option('--workspace <name>', 'permanent name, part of every key')
    .addOption(new Option('--locale <language>', 'language of what is written back').choices(['en', 'ko']))
    .option('--timezone <zone>', 'decides what day it is, like Asia/Seoul')
    .option('--base-url <address>', 'address of a sandbox on this machine')
    .action(async (links, options) => end(await (await import('./init.js')).runInit(links, options, env)));
  program
    .command('plan')
    .description('show what would change and why; writes nothing')
    .addOption(config())
    .addOption(asOf())
    .option('--json', 'print one JSON document')
    .option('--all', 'show every change')
    .option('--detailed-exitcode', 'exit 2 when changes are pending')
    .action(async (options) => end(await (await import('./plan.js')).runPlan(options, env)));
  program
    .command('check')
    .description('look at tables, columns, permissions, joins and people; writes nothing')
    .addOption(config())
    .option('--json', 'print one JSON document')
    .option('--all', 'show everything')
    .action(async (options) => end(await (await import('./check.js')).runCheck(options, env)));
  program
    .command('sync')
    .description('read, judge and write once')
    .addOption(config())
    .addOption(asOf())
    .option('--json', 'print one JSON document')
    .option('--allow-mass-change', 'go on although the plan is unusually large')
    .option('--approve <hash>', 'let the plan of this hash pass, and no other, for 24 hours')
    .action(async (options) => end(await (await import('./sync.js')).runSync(options, env)));
  program
    .command('explain')
    .description('tell everything behind the status of a partnership or KPI, or what an error code means')
    .argument('<what>', 'name, code or id of a partnership or KPI, or an error code')
    .addOption(config())
    .addOption(asOf())
    .option('--json', 'print one JSON document')
    .action(async (what, options) => end(await (await import('./explain.js')).runExplain(what, options, env)));
  program
    .command('report')
    .description('print all partnerships on one page: where they stand, why, and what falls due; writes nothing')
    .addOption(config())
    .addOption(asOf())
    .addOption(
      new Option('--format <format>', 'a page in Markdown, or a row for each partnership as CSV')
        .choices(['markdown', 'csv'])
        .default('markdown'),
    )
    .option('--json', 'print one JSON document')
    .option('--days <days>', 'how far to look ahead', '14')
    .action(async (options) => end(await (await import('./report.js')).runReport(options, env)));
  program
    .command('worker')
    .description('run the BullMQ workers and their schedule until stopped')
    .option('--config <files...>', 'configuration files, one per workspace')
    .addOption(asOf())
    .addOption(
      new Option('--parts <parts>', 'what this process runs').choices(['all', 'reconcile', 'scheduler']).default('all'),
    )
    .option('--every <seconds>', 'seconds between two runs of a workspace', '900')
    .action(async (options) => (await import('./worker.js')).runWorkerToExit(options, env));
  const reminders = program.command('reminders').description('the tasks Tandem keeps in your task table');
  reminders
    .command('ls')
    .description('list them by day, with what the next run does; writes nothing')
    .addOption(config())
    .addOption(asOf())
    .option('--json', 'print one JSON document')
    .option('--all', 'closed ones as well')
    .action(async (options) => end(await (await import('./reminders.js')).runReminders(options, env)));
  reminders
    .command('sweep')
    .description('finish what a crash left and bring the task table alone up to date')
    .addOption(config())
    .addOption(asOf())
    .option('--json', 'print one JSON document')
    .action(async (options) => end(await (await import('./reminders.js')).sweepReminders(options, env)));
  program
    .command('sandbox')
    .description('serve a local Notion and a local Airtable to rehearse on')
    .option('--sample <name>', 'fill it with a sample workspace: korean or english', 'korean')
    .option('--load <file>', 'fill it from a file of your own instead (YAML or JSON, see docs/sandbox.md)')
    .option('--fault <file>', 'make trouble by a fault script (see docs/sandbox.md)')
    .option('--index-lag <seconds>', 'let queries see what was written only after so long')
    .option('--clock <time>', 'begin at this time instead of now')
    .option('--port <number>', 'port to listen on', '4010')
    .addOption(new Option('--as-of <day>', 'date the sample relative to this day'))
    .action(async (options) => end(await (await import('./sandbox.js')).runSandbox(options, env)));
  program
    .command('demo')
    .description('run real workers over two sample workspaces; needs no account')
    .addOption(asOf())
    .action(async (options) => end(await (await import('./demo.js')).runDemo(options, env)));
  program
    .command('doctor')
    .description('look at this machine, the shared state and the tokens; writes nothing')
    .addOption(config())
    .option('--json', 'print one JSON document')
    .action(async (options) => end(await (await import('./doctor.js')).runDoctor(options, env)));
  program
    .command('schema')
    .description('print the JSON schema of the configuration')
    .action(async () => end((await import('./schema.js')).runSchema()));
  program
    .command('completion')
    .description('print what makes a shell complete verbs and options')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(['bash', 'zsh', 'fish']))
    .action(async (shell) => end((await import('./completion.js')).runCompletion(shell, program)));
  return program;
}

function version(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const found: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (typeof found === 'object' && found !== null && 'version' in found) return String(found.version);
    } catch {}
  }
  return 'unknown';
}
