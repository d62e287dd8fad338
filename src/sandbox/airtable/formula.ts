/**
 * Evaluates a filter formula for one record. Truth is 1 and 0, as in Airtable; an error value runs through every
 * operation and leaves the record out. Blank equals "", 0 and FALSE().
 */
import { z } from 'zod';
import { parseInstant } from './dates.js';
import type { Field } from './fields.js';
import { type Arity, type Formula, type Operator, parseFormula } from './formula-syntax.js';
import type { Model, Row, Table } from './model.js';
import { modifiedAt, readCell, textOf } from './reading.js';

const ERROR = Symbol('#ERROR!');
interface Instant {
  readonly instant: number;
}
type Scalar = string | number | null | Instant | typeof ERROR;
type Value = Scalar | readonly Scalar[];

interface Scope {
  readonly model: Model;
  readonly table: Table;
  readonly row: Row;
  readonly now: number;
}

/** Compiles a formula to a test of records. Throws Refusal (INVALID_FILTER_BY_FORMULA). */
export function compileFilter(model: Model, table: Table, text: string, now: number): (row: Row) => boolean {
  const formula = parseFormula(text, table, FUNCTIONS);
  return (row) => isTrue(evaluate(formula, { model, table, row, now }));
}

const isInstant = (value: Value): value is Instant => typeof value === 'object' && value !== null && 'instant' in value;

const isList = (value: Value): value is readonly Scalar[] => Array.isArray(value);

const isTrue = (value: Value): boolean =>
  !(
    value === null ||
    value === ERROR ||
    value === '' ||
    value === 0 ||
    Number.isNaN(value) ||
    (isList(value) && value.length === 0)
  );

const text = (value: Value): string => {
  if (isInstant(value)) return new Date(value.instant).toISOString();
  if (isList(value)) return value.map(text).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const truth = (condition: boolean): number => (condition ? 1 : 0);

/** A list standing where one value is wanted becomes its text. */
const single = (value: Value): Scalar => (isList(value) ? text(value) : value);

const instantOf = (value: Scalar): number | undefined => {
  if (isInstant(value)) return value.instant;
  return typeof value === 'string' ? parseInstant(value) : undefined;
};

function evaluate(formula: Formula, scope: Scope): Value {
  switch (formula.kind) {
    case 'literal':
      return formula.value;
    case 'field':
      return fieldValue(formula.field, scope);
    case 'operation':
      return operate(formula.operator, single(evaluate(formula.left, scope)), single(evaluate(formula.right, scope)));
    case 'call':
      return call(formula, scope);
  }
}

const special = z.union([z.looseObject({ specialValue: z.string() }), z.looseObject({ error: z.string() })]);
const DATED = new Set(['date', 'dateTime', 'createdTime', 'lastModifiedTime']);

function fieldValue(field: Field, { model, table, row }: Scope): Value {
  const value = readCell(model, table, row, field, 'names');
  if (DATED.has(field.type) && typeof value === 'string') {
    const at = parseInstant(value);
    return at === undefined ? ERROR : { instant: at };
  }
  return Array.isArray(value) ? value.map(scalarOf) : scalarOf(value);
}

function scalarOf(value: unknown): Scalar {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return truth(value);
  if (typeof value === 'number') return value;
  return special.safeParse(value).success ? ERROR : textOf(value);
}

function operate(operator: Operator, left: Scalar, right: Scalar): Scalar {
  if (left === ERROR || right === ERROR) return ERROR;
  switch (operator) {
    case '=':
      return truth(equals(left, right));
    case '!=':
      return truth(!equals(left, right));
    case '&':
      return text(left) + text(right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(operator, left, right);
    default:
      return arithmetic(operator, left, right);
  }
}

function equals(left: Scalar, right: Scalar): boolean {
  if (left === null || right === null) {
    const other = left ?? right;
    return other === null || other === '' || other === 0;
  }
  if (isInstant(left) || isInstant(right)) {
    const at = instantOf(left);
    return at !== undefined && at === instantOf(right);
  }
  return left === right;
}

function ordered(operator: '<' | '<=' | '>' | '>=', left: Scalar, right: Scalar): Scalar {
  const [a, b] = comparable(left, right);
  if (a === undefined || b === undefined) return ERROR;
  if (operator === '<') return truth(a < b);
  if (operator === '<=') return truth(a <= b);
  return truth(operator === '>' ? a > b : a >= b);
}

function comparable(left: Scalar, right: Scalar): readonly [number | undefined, number | undefined] {
  if (isInstant(left) || isInstant(right)) return [instantOf(left), instantOf(right)];
  return [numberOf(left), numberOf(right)];
}

const numberOf = (value: Scalar): number | undefined => {
  if (value === null) return 0;
  return typeof value === 'number' ? value : undefined;
};

function arithmetic(operator: '+' | '-' | '*' | '/', left: Scalar, right: Scalar): Scalar {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return ERROR;
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return b === 0 ? ERROR : a / b;
}

/** A function of plain values; an error in any argument is the result. */
const plain = (least: number, most: number, run: (args: readonly Value[], scope: Scope) => Value): FormulaFunction => ({
  least,
  most,
  run: (args, scope) => (args.some(isError) ? ERROR : run(args, scope)),
});

const isError = (value: Value): boolean => value === ERROR || (isList(value) && value.includes(ERROR));

const compareTimes = (test: (left: number, right: number) => boolean): FormulaFunction =>
  plain(2, 2, ([left = null, right = null]) => {
    const [a, b] = [instantOf(single(left)), instantOf(single(right))];
    return a === undefined || b === undefined ? ERROR : truth(test(a, b));
  });

/** The place of a text in another, from 1; 0 when it is not there. */
function find([needle = null, hay = null, start = 1]: readonly Value[]): number {
  return text(hay).indexOf(text(needle), Number(text(start)) - 1) + 1;
}

interface FormulaFunction extends Arity {
  readonly run: (args: readonly Value[], scope: Scope) => Value;
}

const MANY = Number.POSITIVE_INFINITY;

const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  AND: plain(1, MANY, (args) => truth(args.every(isTrue))),
  OR: plain(1, MANY, (args) => truth(args.some(isTrue))),
  NOT: plain(1, 1, ([value = null]) => truth(!isTrue(value))),
  IF: {
    least: 2,
    most: 3,
    run: ([test = null, yes = null, no = null]) => (test === ERROR ? ERROR : isTrue(test) ? yes : no),
  },
  TRUE: plain(0, 0, () => 1),
  FALSE: plain(0, 0, () => 0),
  BLANK: plain(0, 0, () => null),
  RECORD_ID: plain(0, 0, (_, { row }) => row.id),
  CREATED_TIME: plain(0, 0, (_, { row }) => ({ instant: Date.parse(row.createdTime) })),
  // Its arguments are fields, not values: see `call`. A record nobody ever changed has none (choice).
  LAST_MODIFIED_TIME: { least: 0, most: MANY, run: () => null },
  DATETIME_PARSE: plain(1, 1, ([value = null]) => {
    const at = instantOf(single(value));
    return at === undefined ? ERROR : { instant: at };
  }),
  NOW: plain(0, 0, (_, { now }) => ({ instant: now })),
  IS_AFTER: compareTimes((left, right) => left > right),
  IS_BEFORE: compareTimes((left, right) => left < right),
  IS_SAME: compareTimes((left, right) => left === right),
  FIND: plain(2, 3, find),
  SEARCH: plain(2, 3, ([needle = null, hay = null, start = 1]) => {
    const place = find([text(needle).toLowerCase(), text(hay).toLowerCase(), start]);
    return place === 0 ? null : place;
  }),
  ARRAYJOIN: plain(1, 2, ([list = null, separator = ', ']) =>
    isList(list) ? list.map(text).join(text(separator)) : text(list),
  ),
  LOWER: plain(1, 1, ([value = null]) => text(value).toLowerCase()),
  UPPER: plain(1, 1, ([value = null]) => text(value).toUpperCase()),
  TRIM: plain(1, 1, ([value = null]) => text(value).trim()),
  LEN: plain(1, 1, ([value = null]) => text(value).length),
  CONCATENATE: plain(1, MANY, (args) => args.map(text).join('')),
};

function call(formula: Extract<Formula, { kind: 'call' }>, scope: Scope): Value {
  if (formula.name === 'LAST_MODIFIED_TIME') {
    const ids = formula.args.flatMap((argument) => (argument.kind === 'field' ? argument.field.id : []));
    const at = modifiedAt(scope.table, scope.row, ids);
    return at === undefined ? null : { instant: Math.floor(at / 1000) * 1000 };
  }
  const run = FUNCTIONS[formula.name]?.run;
  if (run === undefined) return ERROR;
  return run(
    formula.args.map((argument) => evaluate(argument, scope)),
    scope,
  );
}
