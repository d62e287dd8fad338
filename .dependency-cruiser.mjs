/** The layers of the house, one rule per sentence; `tests/architecture.test.ts` runs them inside `npm test`. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|workers)/', pathNot: [from, ...allowed] },
});

const DOMAIN = '^src/domain/';
const ERRORS = '^src/errors\\.ts$';
const PORTS = '^src/ports\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('domain-is-a-leaf', 'The domain knows nothing of the house around it.', DOMAIN, []),
    {
      name: 'domain-is-pure',
      comment: 'The domain imports neither Node modules nor packages; only calendar.ts may use temporal-polyfill.',
      severity: 'error',
      from: { path: DOMAIN, pathNot: '^src/domain/calendar\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'calendar-uses-temporal-only',
      comment: 'calendar.ts may use temporal-polyfill and nothing else from outside.',
      severity: 'error',
      from: { path: '^src/domain/calendar\\.ts$' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: 'node_modules/temporal-(polyfill|utils|spec)',
      },
    },
    only(
      'messages-see-domain-only',
      'Words are made from codes and params; they need nothing else.',
      '^src/messages/',
      [DOMAIN],
    ),
    only('holidays-see-domain-only', 'Days off are data.', '^src/holidays/', [DOMAIN]),
    only('ports-see-domain-and-errors', 'A port is shaped by the application, not by an adapter.', PORTS, [
      DOMAIN,
      ERRORS,
    ]),
    only('errors-are-a-leaf', 'Everyone may throw; so errors import nothing.', ERRORS, []),
    only(
      'connectors-see-ports',
      'A connector is an adapter: ports, domain and errors are all it needs.',
      '^src/connectors/',
      [DOMAIN, PORTS, ERRORS],
    ),
    {
      name: 'connectors-do-not-see-each-other',
      comment: 'What two connectors share belongs beside them, not in one of them.',
      severity: 'error',
      from: { path: '^src/connectors/(notion|airtable|memory)/' },
      to: { path: '^src/connectors/(notion|airtable|memory)/', pathNot: '^src/connectors/$1/' },
    },
    only('state-sees-ports', 'State is an adapter: ports, domain and errors are all it needs.', '^src/state/', [
      DOMAIN,
      PORTS,
      ERRORS,
    ]),
    only('pipeline-sees-ports-not-adapters', 'The pipeline asks ports; it never names a tool.', '^src/pipeline/', [
      DOMAIN,
      PORTS,
      ERRORS,
      '^src/messages/',
    ]),
    only('config-sees-domain-only', 'Configuration is data about the domain.', '^src/config/', [
      DOMAIN,
      ERRORS,
      '^src/holidays/',
    ]),
    only(
      'sandbox-stands-alone',
      'The sandbox is the judge of the connectors: it shares no code or type with them.',
      '^src/sandbox/',
      [],
    ),
    only(
      'queue-sees-redis-and-errors',
      'The queue runs what it is given; it knows no connector and no rule.',
      '^src/queue/',
      [ERRORS, '^src/state/redis\\.ts$'],
    ),
    {
      name: 'bullmq-stays-home',
      comment: 'Only src/queue may import bullmq.',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/queue/' },
      to: { path: 'node_modules/bullmq/' },
    },
    {
      name: 'notion-client-stays-home',
      comment: 'Only src/connectors/notion may import @notionhq/client.',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/connectors/notion/' },
      to: { path: 'node_modules/@notionhq/' },
    },
    {
      name: 'airtable-client-stays-home',
      comment: 'Only src/connectors/airtable may import airtable.',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/connectors/airtable/' },
      to: { path: 'node_modules/airtable/' },
    },
    {
      name: 'date-holidays-stays-home',
      comment: 'Only src/holidays may import date-holidays: it is large, and loaded when it is needed.',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/holidays/' },
      to: { path: 'node_modules/date-holidays/' },
    },
    {
      name: 'nobody-imports-entry-points',
      comment: 'An entry point is where a process begins; what others need belongs below it.',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { path: ['^workers/', '^src/cli/(main|generate)\\.ts$'] },
    },
    {
      name: 'cli-is-the-top',
      comment: 'Only entry points and the verbs themselves import the command line.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
