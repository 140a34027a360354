import { type MeshGraph, Verdicts, type YamlFile } from 'istio-constructs';
import { type Drawing, drawingOf, openAtFirst } from '../graph/drawing';
import { asDot } from '../graph/dot';
import { asMermaid } from '../graph/mermaid';
import { asSvg } from '../graph/svg/svg';
import { CLEAN, type Outcome, UsageError } from '../outcome';

export type GraphFormat = 'mermaid' | 'dot' | 'svg' | 'json';

/** Which namespaces are open; where nothing is said, all of them if that can be read. */
export interface Opened {
  readonly expand?: readonly string[];
  readonly all?: boolean;
}

/** Who may call whom, drawn. What is drawn is no verdict, so that it is clean whatever it shows. */
export async function graph(files: readonly YamlFile[], opened: Opened, format: GraphFormat): Promise<Outcome> {
  const verdicts = Verdicts.ofFiles(...files);
  const model = verdicts.graph;
  const open = openIn(model, opened);
  const text = await WRITERS[format](model, open);
  return { text, code: CLEAN, notes: [...verdicts.assumptions, ...notesOn(model, open, format)] };
}

const WRITERS: Readonly<Record<GraphFormat, (model: MeshGraph, open: ReadonlySet<string>) => string | Promise<string>>> = {
  mermaid: (model, open) => asMermaid(drawingOf(model, open)),
  dot: (model, open) => asDot(drawingOf(model, open)),
  svg: (model, open) => asSvg(fewEnough(drawingOf(model, open)), 'Who may call whom'),
  json: (model) => `${JSON.stringify(model, undefined, 2)}\n`,
};

// More are laid out in minutes, and seen by nobody.
const MOST_ARROWS = 600;

function fewEnough(drawing: Drawing): Drawing {
  const { length } = drawing.arrows;
  if (length <= MOST_ARROWS) return drawing;
  throw new UsageError(
    `a picture has at most ${MOST_ARROWS} arrows, and this one ${length}: open fewer namespaces, or take --format dot or json`,
  );
}

function openIn(model: MeshGraph, { expand = [], all = false }: Opened): ReadonlySet<string> {
  const names = model.namespaces.map(({ name }) => name);
  const unknown = expand.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`there is no namespace ${unknown} to expand; there are ${names.join(', ') || 'none'}`);
  if (all) return new Set(names);
  return expand.length > 0 ? new Set(expand) : openAtFirst(model);
}

function notesOn({ namespaces, edges, notRead }: MeshGraph, open: ReadonlySet<string>, format: GraphFormat): string[] {
  const closed = namespaces.filter(({ name }) => !open.has(name)).length;
  const unclear = [...new Set(edges.flatMap(({ unknown }) => unknown ?? []))];
  return [
    ...(closed > 0 && format !== 'json' ? [`${closed} namespaces are closed; open them with --expand <namespace>, or with --all`] : []),
    ...unclear.map((why) => `nobody can tell of some calls: ${why}`),
    ...(notRead.length > 0 ? [`not read, and may change what is drawn: ${notRead.join(', ')}`] : []),
  ];
}
