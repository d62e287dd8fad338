import { type ConfigError, type LoadOptions, loadConfig } from '../../src/config/load.js';

/** A configuration that uses every kind of key. */
export const FULL = `# yaml-language-server: $schema=./config/tandem.schema.json
version: 1
workspace: hanbit-alliance
locale: ko
timezone: Asia/Seoul
calendar: { holidays: [KR, DE], extra: [2026-12-31], remove: [2026-05-01] }
people:
  김서연: { email: seoyeon@example.com, lead: 박지우, aliases: [Seoyeon Kim], ids: { notion: user-1 } }
  박지우: {}
connections:
  notion: { type: notion, plan: plus }
  airtable: { type: airtable, plan: team, tokenEnv: HANBIT_AIRTABLE, baseUrl: "http://127.0.0.1:4010/" }
sources:
  partnerships:
    connection: notion
    id: https://www.notion.so/hanbit/Partners-0123456789abcdef0123456789ABCDEF?v=ffffffffffffffffffffffffffffffff&pvs=4
    fields:
      name: 파트너사
      code: 코드
      start: { property: 계약 기간, part: start }
      end: { property: 계약 기간, part: end }
      tier: { property: 등급, values: { S: strategic, A: core } }
      reviewCadence: { property: 점검 주기, values: { 월간: monthly, 45일: 45, 두 달: "60" } }
    manages:
      status: { property: 진행 상태, values: { 순조: on-track, 주의: [watch, insufficient-data], 위험: at-risk }, createOptions: true }
      health: 건강 점수
  kpis:
    connection: airtable
    base: https://airtable.com/appAAAAAAAAAAAAAA/tblBBBBBBBBBBBBBB/viwCCCCCCCCCCCCCC?blocks=hide
    link: { field: Partner code, to: code }
    fields: { name: Name, target: Target }
    manages: { achievement: Achievement }
  risks:
    connection: airtable
    base: appAAAAAAAAAAAAAA
    table: Risk register
    fields: { name: Risk, partnership: Partner }
    manages: { grade: { property: Grade, values: { Red: [high, critical] } } }
  tasks:
    connection: notion
    id: 0123456789abcdef0123456789abcdee
    fields: { title: 할 일, key: Tandem key }
policy:
  health: { weights: { trust: 40 } }
  rules: { disabled: [silence], silence: { core: { warn: 20 } } }
`;

export const TOKENS = { NOTION_TOKEN: 'ntn_sandbox_korean', HANBIT_AIRTABLE: 'patSandbox' } as const;

/** Loads a text as /home/team/tandem.yaml. */
export function load(text: string, options: Partial<LoadOptions> = {}) {
  return loadConfig({
    file: 'tandem.yaml',
    cwd: '/home/team',
    env: TOKENS,
    ...options,
    readFile: (path) => {
      if (path === '/home/team/tandem.yaml') return text;
      if (options.readFile !== undefined) return options.readFile(path);
      throw new Error(`nothing at ${path}`);
    },
  });
}

export function errorsOf(text: string, options: Partial<LoadOptions> = {}): readonly ConfigError[] {
  const result = load(text, options);
  return 'errors' in result ? result.errors : [];
}

/** Line and column as one word. */
export const placeOf = ({ line, column }: ConfigError): string => `${line}:${column}`;

export function configOf(text: string, options: Partial<LoadOptions> = {}) {
  const result = load(text, options);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors, null, 2));
  return result.config;
}

/** The full configuration with one piece of text replaced. */
export function changed(from: string, to: string, text: string = FULL): string {
  if (text.split(from).length !== 2) throw new Error(`"${from}" does not stand in the text exactly once`);
  return text.replace(from, () => to);
}

/** Takes the marks ▲ out of a text: each stands directly before a place an error must point at. */
export function unmark(marked: string): { readonly text: string; readonly places: readonly string[] } {
  const places: string[] = [];
  const lines = marked.split('\n').map((line, index) => {
    let rest = line;
    for (let at = rest.indexOf('▲'); at >= 0; at = rest.indexOf('▲')) {
      places.push(`${index + 1}:${at + 1}`);
      rest = rest.slice(0, at) + rest.slice(at + 1);
    }
    return rest;
  });
  return { text: lines.join('\n'), places };
}
