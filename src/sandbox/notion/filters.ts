/** The filter language of queries: checked against the schema first, then compiled into a test of a page. */
import { z } from 'zod';
import { compareMoments, minuteOf, minuteText, storedMoment } from './dates.js';
import { uuidOf } from './ids.js';
import { check, invalid, misplaced, quoted } from './refusals.js';
import { plainText } from './rich-text.js';
import {
  type DataSource,
  type NotionState,
  type Page,
  type Property,
  propertyOf,
  type ShortValue,
  type Value,
} from './state.js';
import { cellOf, optionName } from './values.js';

export type PageTest = (page: Page) => boolean;
type Condition = Readonly<Record<string, unknown>>;

/** Groups may stand in groups, but no deeper. */
const DEPTH = 2;

const object = z.looseObject({});
const group = z.strictObject({ and: z.array(object).max(100).optional(), or: z.array(object).max(100).optional() });

/** A filter of a request as a test. Refuses unknown properties, types and conditions whatever rows there are. */
export function compileFilter(state: NotionState, dataSource: DataSource, given: unknown): PageTest {
  return compile(state, dataSource, given, 'body.filter', 0);
}

function compile(state: NotionState, dataSource: DataSource, given: unknown, place: string, depth: number): PageTest {
  const filter: Condition = check(object, given, place);
  if (filter.and === undefined && filter.or === undefined) return compileLeaf(state, dataSource, filter, place);
  if (depth >= DEPTH) throw misplaced(place, `should be nested at most ${DEPTH} levels deep`);
  const { and, or } = check(group, filter, place);
  const [key, members] = and === undefined ? (['or', or ?? []] as const) : (['and', and] as const);
  const tests = members.map((member, index) =>
    compile(state, dataSource, member, `${place}.${key}[${index}]`, depth + 1),
  );
  return key === 'and' ? (page) => tests.every((test) => test(page)) : (page) => tests.some((test) => test(page));
}

function compileLeaf(state: NotionState, dataSource: DataSource, filter: Condition, place: string): PageTest {
  const { timestamp } = filter;
  if (timestamp !== undefined) {
    const name = check(z.enum(['created_time', 'last_edited_time']), timestamp, `${place}.timestamp`);
    const test = dateTest(check(object, filter[name], `${place}.${name}`), `${place}.${name}`);
    return (page) => test(minuteText(name === 'created_time' ? page.createdAt : page.editedAt));
  }
  const nameOrId = check(z.string(), filter.property, `${place}.property`);
  const property = propertyOf(dataSource, nameOrId);
  if (property === undefined) throw invalid(`Could not find property with name or id: ${nameOrId}`);
  const type = Object.keys(filter).find((key) => key !== 'property' && key !== 'type');
  if (type === undefined) throw misplaced(`${place}.${property.type}`, 'should be defined, instead was `undefined`');
  if (type !== property.type) {
    throw invalid(
      `The property type in the database does not match the property type of the filter provided: database property ${property.type} does not match filter ${type}`,
    );
  }
  return propertyTest(state, property, check(object, filter[type], `${place}.${type}`), `${place}.${type}`);
}

function propertyTest(state: NotionState, property: Property, condition: Condition, place: string): PageTest {
  switch (property.type) {
    case 'title':
    case 'rich_text':
    case 'url':
    case 'email':
    case 'phone_number': {
      const test = textTest(condition, place);
      return (page) => test(textOf(state, cellOf(page, property)));
    }
    case 'number':
    case 'unique_id': {
      const test = numberTest(condition, place);
      return (page) => test(numberOf(page, cellOf(page, property)));
    }
    case 'checkbox': {
      const test = flagTest(condition, place);
      return (page) => test(cellOf(page, property));
    }
    case 'select':
    case 'status': {
      const test = optionTest(condition, place);
      return (page) => test(optionNames(property, cellOf(page, property))[0]);
    }
    case 'date':
    case 'created_time':
    case 'last_edited_time': {
      const test = dateTest(condition, place);
      return (page) => test(momentOf(page, property));
    }
    case 'formula':
      return formulaTest(property, condition, place);
    default:
      return listTest(state, property, condition, place);
  }
}

function momentOf(page: Page, property: Property): string | null {
  if (property.type === 'created_time') return minuteText(page.createdAt);
  if (property.type === 'last_edited_time') return minuteText(page.editedAt);
  const value = cellOf(page, property);
  return value.kind === 'date' ? (value.date?.start ?? null) : null;
}

const textOf = (state: NotionState, value: Value): string =>
  value.kind === 'rich' ? plainText(state, value.runs) : value.kind === 'plain' ? (value.text ?? '') : '';

const numberOf = (page: Page, value: Value): number | null =>
  value.kind === 'number' ? value.number : value.kind === 'none' ? page.sequence : null;

const optionNames = (property: Property, value: Value): readonly (string | null)[] => {
  if (value.kind === 'option') return [optionName(property, value.id)];
  return value.kind === 'options' ? value.ids.map((id) => optionName(property, id)) : [];
};

/** The one condition of a filter: its name and operand. */
function only(condition: Condition, place: string): readonly [string, unknown] {
  const [entry, ...more] = Object.entries(condition).filter(([, operand]) => operand !== undefined);
  if (entry === undefined || more.length > 0)
    throw misplaced(place, `should hold one condition, instead was ${quoted(condition)}`);
  return entry;
}

const unknownCondition = (place: string, name: string, operand: unknown): Error =>
  misplaced(`${place}.${name}`, `should be not present, instead was ${quoted(operand)}`);

function textTest(condition: Condition, place: string): (text: string) => boolean {
  const [name, operand] = only(condition, place);
  if (name === 'is_empty' || name === 'is_not_empty') return (text) => (text === '') === (name === 'is_empty');
  const wanted = check(z.string(), operand, `${place}.${name}`);
  const folded = wanted.toLowerCase();
  switch (name) {
    case 'equals':
      return (text) => text === wanted;
    case 'does_not_equal':
      return (text) => text !== wanted;
    case 'contains':
      return (text) => text.toLowerCase().includes(folded);
    case 'does_not_contain':
      return (text) => !text.toLowerCase().includes(folded);
    case 'starts_with':
      return (text) => text.toLowerCase().startsWith(folded);
    case 'ends_with':
      return (text) => text.toLowerCase().endsWith(folded);
    default:
      throw unknownCondition(place, name, operand);
  }
}

function numberTest(condition: Condition, place: string): (number: number | null) => boolean {
  const [name, operand] = only(condition, place);
  if (name === 'is_empty' || name === 'is_not_empty') return (number) => (number === null) === (name === 'is_empty');
  const wanted = check(z.number(), operand, `${place}.${name}`);
  switch (name) {
    case 'equals':
      return (number) => number === wanted;
    case 'does_not_equal':
      return (number) => number !== wanted;
    case 'greater_than':
      return (number) => number !== null && number > wanted;
    case 'less_than':
      return (number) => number !== null && number < wanted;
    case 'greater_than_or_equal_to':
      return (number) => number !== null && number >= wanted;
    case 'less_than_or_equal_to':
      return (number) => number !== null && number <= wanted;
    default:
      throw unknownCondition(place, name, operand);
  }
}

function flagTest(condition: Condition, place: string): (value: Value) => boolean {
  const [name, operand] = only(condition, place);
  if (name !== 'equals' && name !== 'does_not_equal') throw unknownCondition(place, name, operand);
  const wanted = check(z.boolean(), operand, `${place}.${name}`) === (name === 'equals');
  return (value) => (value.kind === 'flag' && value.flag) === wanted;
}

const oneOrMany = z.custom<string | string[]>(
  (value) => typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string')),
  'a string or a list of strings',
);

function optionTest(condition: Condition, place: string): (name: string | null | undefined) => boolean {
  const [name, operand] = only(condition, place);
  if (name === 'is_empty' || name === 'is_not_empty') return (option) => (option == null) === (name === 'is_empty');
  if (name !== 'equals' && name !== 'does_not_equal') throw unknownCondition(place, name, operand);
  const wanted = [check(oneOrMany, operand, `${place}.${name}`)].flat();
  return (option) => (option != null && wanted.includes(option)) === (name === 'equals');
}

/** multi_select, relation, people and the like: whether the list holds something. */
function listTest(state: NotionState, property: Property, condition: Condition, place: string): PageTest {
  const items = (page: Page): readonly (string | null)[] => listOf(page, property);
  const [name, operand] = only(condition, place);
  if (name === 'is_empty' || name === 'is_not_empty')
    return (page) => (items(page).length === 0) === (name === 'is_empty');
  if (name !== 'contains' && name !== 'does_not_contain') throw unknownCondition(place, name, operand);
  const wanted = [check(oneOrMany, operand, `${place}.${name}`)]
    .flat()
    .map((item) => (property.type === 'multi_select' ? item : item === 'me' ? state.bot.id : uuidOf(item)));
  if (wanted.includes(undefined))
    throw misplaced(`${place}.${name}`, `should be a valid uuid, instead was ${quoted(operand)}`);
  return (page) => items(page).some((item) => item !== null && wanted.includes(item)) === (name === 'contains');
}

function listOf(page: Page, property: Property): readonly (string | null)[] {
  if (property.type === 'created_by') return [page.createdBy];
  if (property.type === 'last_edited_by') return [page.editedBy];
  const value = cellOf(page, property);
  if (value.kind === 'people' || value.kind === 'links') return value.ids;
  return value.kind === 'files' ? value.files.map((file) => file.name) : optionNames(property, value);
}

/** Compares with days by the day, with times to the instant; what is compared was cut to the minute before. */
function dateTest(condition: Condition, place: string): (moment: string | null) => boolean {
  const [name, operand] = only(condition, place);
  if (name === 'is_empty' || name === 'is_not_empty') return (moment) => (moment === null) === (name === 'is_empty');
  const wanted = filterMoment(check(z.string(), operand, `${place}.${name}`), `${place}.${name}`);
  const compared = (holds: (order: number) => boolean) => (moment: string | null) =>
    moment !== null && holds(compareMoments(moment, wanted));
  switch (name) {
    case 'equals':
      return compared((order) => order === 0);
    case 'before':
      return compared((order) => order < 0);
    case 'after':
      return compared((order) => order > 0);
    case 'on_or_before':
      return compared((order) => order <= 0);
    case 'on_or_after':
      return compared((order) => order >= 0);
    default:
      throw unknownCondition(place, name, operand);
  }
}

/** Keeps the seconds a filter names: a watermark with seconds misses the rows of its own minute, as it really does. */
function filterMoment(text: string, place: string): string {
  const stored = storedMoment(text);
  if (stored === undefined)
    throw misplaced(place, `should be a valid ISO 8601 date string, instead was ${quoted(text)}`);
  const exact = Date.parse(text);
  return stored.length === 10 || minuteOf(exact) === exact ? stored : new Date(exact).toISOString();
}

function formulaTest(property: Property, condition: Condition, place: string): PageTest {
  const [type, inner] = only(condition, place);
  const result = (page: Page): ShortValue => {
    const value = cellOf(page, property);
    return value.kind === 'computed' ? value.result : null;
  };
  const own = check(object, inner, `${place}.${type}`);
  switch (type) {
    case 'string': {
      const test = textTest(own, `${place}.string`);
      return (page) => test(String(result(page) ?? ''));
    }
    case 'number': {
      const test = numberTest(own, `${place}.number`);
      return (page) => test(asNumber(result(page)));
    }
    case 'checkbox': {
      const test = flagTest(own, `${place}.checkbox`);
      return (page) => test({ kind: 'flag', flag: result(page) === true });
    }
    case 'date': {
      const test = dateTest(own, `${place}.date`);
      return (page) => test(storedMoment(String(result(page) ?? '')) ?? null);
    }
    default:
      throw unknownCondition(place, type, inner);
  }
}

const asNumber = (short: ShortValue): number | null => (typeof short === 'number' ? short : null);
