/** Pieces of the generated pages. */

export const tick = (text: string): string => `\`${text}\``;

/** A table; a cell is one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** "reviews heldOn, status; partnerships tier", out of paths. */
export function fieldsOf(paths: readonly string[]): string {
  const fields = new Map<string, string[]>();
  for (const path of new Set(paths)) {
    const [entity = '', field = ''] = path.split('.');
    fields.set(entity, [...(fields.get(entity) ?? []), field]);
  }
  return [...fields].map(([entity, names]) => `${entity} ${names.join(', ')}`).join('; ');
}
