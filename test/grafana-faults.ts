import * as path from 'node:path';
import * as ts from 'typescript';

const HEAD = `
import type { Dashboard, FieldConfig, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { FieldConfig as LineField, Options as LineOptions } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Options as TableOptions } from '@grafana/grafana-foundation-sdk/table';
import type { TableFieldOptions } from '@grafana/grafana-foundation-sdk/common';

type Json<T> = 0 extends 1 & T ? any
  : T extends string ? \`\${T}\`
  : T extends (infer Item)[] ? Json<Item>[]
  : T extends object ? { [Key in keyof T as Key extends \`_\${string}\` ? never : Key]: Json<T[Key]> }
  : T;
interface Drawn<Name, Options, Field> extends Omit<Json<Panel>, 'type' | 'targets' | 'options' | 'fieldConfig'> {
  type: Name;
  targets: Json<Dataquery>[];
  options: Json<Options>;
  fieldConfig: { defaults: Omit<Json<FieldConfig>, 'custom'> & { custom: Json<Field> }; overrides: [] };
}
interface Row extends Omit<Json<RowPanel>, 'type'> { type: 'row' }
type Shown = Drawn<'timeseries', LineOptions, LineField> | Drawn<'table', TableOptions, TableFieldOptions> | Row;
interface Whole extends Omit<Json<Dashboard>, 'panels'> { panels: Shown[] }
`;

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** What the types of Grafana's own library say against dashboards, as a compiler finds it in their JSON: fields that it does not know, values of another type, words that are none. */
export function grafanaFaults(boards: readonly object[]): string[] {
  const file = path.resolve('test/boards.ts');
  const text = `${HEAD}export const boards: Whole[] = ${JSON.stringify(boards)};`;
  const host = ts.createCompilerHost(OPTIONS);
  const [read, exists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : read(name, ...rest));
  host.fileExists = (name) => name === file || exists(name);
  const faults = ts.getPreEmitDiagnostics(ts.createProgram([file], OPTIONS, host));
  return faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 1500));
}
