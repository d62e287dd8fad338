/** Whether a fault script fits the tables it is to run on. */
import type { Mistake } from '../document.js';
import type { Grips } from './engine.js';
import type { Grip } from './grip.js';
import type { FaultScript, ScriptedFault } from './script.js';

/** What a script asks for that the tables do not have: tables, columns, types. */
export function checkScript(script: FaultScript, grips: Grips): readonly Mistake[] {
  return script.rules.flatMap(({ table, fault }, index) => [
    ...lacking(grips, table, ['rules', index, 'table']),
    ...checkFault(fault, table, grips).map(({ path, message }) => ({
      path: ['rules', index, 'fault', ...path],
      message,
    })),
  ]);
}

function lacking(grips: Grips, name: string | undefined, path: readonly PropertyKey[]): readonly Mistake[] {
  return name === undefined || find(grips, name) !== undefined
    ? []
    : [{ path, message: `there is no table "${name}".` }];
}

function checkFault(fault: ScriptedFault, ruleTable: string | undefined, grips: Grips): readonly Mistake[] {
  const named = 'table' in fault ? fault.table : undefined;
  const absent = lacking(grips, named, ['table']);
  const found = find(grips, named ?? ruleTable ?? '');
  if (absent.length > 0 || found === undefined) return absent;
  const { grip, id } = found;
  const columns = grip.columns(id);
  const unknown = (column: string, path: readonly PropertyKey[]): readonly Mistake[] =>
    columns.includes(column)
      ? []
      : [{ path, message: `there is no column "${column}"; there are ${columns.join(', ')}.` }];
  if (fault.kind === 'row-edited')
    return Object.keys(fault.cells).flatMap((column) => unknown(column, ['cells', column]));
  if (!('column' in fault)) return [];
  const misfit =
    fault.kind === 'column-retyped' && grip.types !== undefined && !grip.types.includes(fault.to)
      ? [{ path: ['to'], message: `there is no type "${fault.to}"; there are ${grip.types.join(', ')}.` }]
      : [];
  return [...unknown(fault.column, ['column']), ...misfit];
}

function find(grips: Grips, nameOrId: string): { readonly grip: Grip; readonly id: string } | undefined {
  for (const grip of Object.values(grips)) {
    const id = grip.table(nameOrId);
    if (id !== undefined) return { grip, id };
  }
  return undefined;
}
