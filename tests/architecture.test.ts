import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type IReporterOutput } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterEach, describe, expect, it } from 'vitest';
import configuration from '../.dependency-cruiser.mjs';

const root = join(import.meta.dirname, '..');

async function violationsOf(paths: readonly string[]) {
  const result: IReporterOutput = await cruise(
    [...paths],
    { ruleSet: configuration, validate: true, baseDir: root, ...configuration.options },
    {},
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  if (typeof result.output === 'string') throw new Error('expected a report');
  return result.output.summary;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

describe('the layers', () => {
  const planted: string[] = [];
  afterEach(() => {
    for (const folder of planted.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('hold for every module', async () => {
    const summary = await violationsOf(['src', 'workers']);
    expect(
      summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`),
    ).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(60);
  });

  it.each([
    ['domain-is-a-leaf', 'src/domain', `import '../../errors.js';`],
    ['domain-is-pure', 'src/domain', `import 'node:fs';`],
    ['domain-is-pure', 'src/domain', `import 'zod';`],
    ['messages-see-domain-only', 'src/messages', `import '../../errors.js';`],
    ['holidays-see-domain-only', 'src/holidays', `import '../../errors.js';`],
    ['connectors-see-ports', 'src/connectors', `import '../../log.js';`],
    ['connectors-do-not-see-each-other', 'src/connectors/notion', `import type {} from '../../airtable/index.js';`],
    ['state-sees-ports', 'src/state', `import '../../log.js';`],
    ['pipeline-sees-ports-not-adapters', 'src/pipeline', `import type {} from '../../connectors/index.js';`],
    ['config-sees-domain-only', 'src/config', `import '../../ports.js';`],
    ['sandbox-stands-alone', 'src/sandbox', `import type {} from '../../domain/cells.js';`],
    ['queue-sees-redis-and-errors', 'src/queue', `import '../../app.js';`],
    ['bullmq-stays-home', 'src/pipeline', `import type {} from 'bullmq';`],
    ['notion-client-stays-home', 'src/sandbox', `import type {} from '@notionhq/client';`],
    ['airtable-client-stays-home', 'src/sandbox', `import type {} from 'airtable';`],
    ['date-holidays-stays-home', 'src/pipeline', `import type {} from 'date-holidays';`],
    ['nobody-imports-entry-points', 'src/cli', `import '../main.js';`],
    ['cli-is-the-top', 'src/pipeline', `import '../../cli/plan.js';`],
  ])('%s is seen when it is broken in %s', async (rule, folder, line) => {
    const nest = mkdtempSync(join(root, folder, 'planted-'));
    planted.push(nest);
    const file = join(nest, 'intruder.ts');
    writeFileSync(file, `${line}\nexport const planted = true;\n`);
    const summary = await violationsOf([file]);
    expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});

describe('the source', () => {
  it('has no file over 400 lines', () => {
    const long = [...sourceFiles('src'), ...sourceFiles('workers'), ...sourceFiles('tests')]
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('keeps clock, process and chance out of the pure part', () => {
    const impure = /\bnew Date\(|\bDate\.now\(|\bprocess\.|\bMath\.random\(/;
    const found = [...sourceFiles('src/domain'), ...sourceFiles('src/messages')].filter((file) =>
      impure.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it('has entry points for workers of less than 30 lines', () => {
    const files = sourceFiles('workers');
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readFileSync(join(root, file), 'utf8').split('\n').length, file).toBeLessThan(31);
  });
});
