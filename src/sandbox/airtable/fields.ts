/**
 * What a field's type and options say: whether it is computed, its choices, its links. Options are kept as the
 * metadata API shows them, so they are read here, in one place, with a look at what they really hold.
 */
import { z } from 'zod';

export interface Field {
  readonly id: string;
  name: string;
  type: string;
  options: Record<string, unknown> | undefined;
}

const WRITABLE = new Set([
  'singleLineText',
  'multilineText',
  'richText',
  'email',
  'url',
  'phoneNumber',
  'number',
  'percent',
  'currency',
  'rating',
  'duration',
  'checkbox',
  'singleSelect',
  'multipleSelects',
  'multipleRecordLinks',
  'date',
  'dateTime',
  'singleCollaborator',
  'multipleCollaborators',
  'multipleAttachments',
  'barcode',
]);

/** Field types an upsert may merge on. */
const MERGEABLE = new Set([
  'number',
  'singleLineText',
  'multilineText',
  'richText',
  'singleSelect',
  'multipleSelects',
  'date',
]);

/** A type nobody knows is read only: it might hold anything. */
export const isComputed = (field: Field): boolean => !WRITABLE.has(field.type);

export const isMergeable = (field: Field): boolean => MERGEABLE.has(field.type);

export const isSelect = (field: Field): boolean => field.type === 'singleSelect' || field.type === 'multipleSelects';

const choice = z.looseObject({ id: z.string().optional(), name: z.string() });
export type Choice = z.infer<typeof choice>;

/** The options of a select field, in the order of the column. */
export function choicesOf(field: Field): readonly Choice[] {
  return z.array(choice).safeParse(field.options?.choices).data ?? [];
}

export function setChoices(field: Field, choices: readonly Choice[]): void {
  field.options = { ...field.options, choices: [...choices] };
}

export function textOption(field: Field, name: string): string | undefined {
  return z.string().safeParse(field.options?.[name]).data;
}

export function numberOption(field: Field, name: string): number | undefined {
  return z.number().safeParse(field.options?.[name]).data;
}

/** Field ids a lastModifiedTime field watches; none: every editable field. */
export function watchedFieldIds(field: Field): readonly string[] {
  return z.array(z.string()).safeParse(field.options?.referencedFieldIds).data ?? [];
}

/** Whether a createdTime or lastModifiedTime field shows days only. */
export function showsDayOnly(field: Field): boolean {
  return z.looseObject({ type: z.literal('date') }).safeParse(field.options?.result).success;
}

/** The linked table and, for a two-way link, the field on the other side. */
export function linkOf(field: Field): { readonly tableId: string; readonly inverseFieldId?: string } | undefined {
  if (field.type !== 'multipleRecordLinks') return undefined;
  const tableId = textOption(field, 'linkedTableId');
  const inverseFieldId = textOption(field, 'inverseLinkFieldId');
  if (tableId === undefined) return undefined;
  return inverseFieldId === undefined ? { tableId } : { tableId, inverseFieldId };
}
