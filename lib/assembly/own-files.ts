import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MeshError } from '../support/mesh-error';

/** What cdk8s leaves out of a file's name. */
const NOT_IN_NAMES = /[^0-9a-zA-Z-_.]/g;

const FILE_EACH: readonly unknown[] = [YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];

interface Lost {
  readonly object: ApiObject;
  readonly under: ApiObject;
}

/**
 * Refuses a file for each object where two of them would be one file. cdk8s names it by kind and name only and keeps the last one: of two closed
 * namespaces one would come out without its deny-all, its mutual TLS and whatever else is called alike, and be open.
 */
export function requireOwnFiles(root: IConstruct): void {
  const { yamlOutputType } = root as Partial<App>;
  if (!FILE_EACH.includes(yamlOutputType)) return;
  const isInFolders = yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  const lost = lostObjects(root, isInFolders);
  if (lost.length === 0) return;
  const inFolders = !isInFolders && lostObjects(root, true).length === 0 ? 'FOLDER_PER_CHART_FILE_PER_RESOURCE, ' : '';
  throw new MeshError({
    code: 'MESH790',
    at: lost[0].object,
    what: 'cdk8s names a file for each object by kind and name alone, and of two with one name it writes the last',
    got: `${YamlOutputType[yamlOutputType!]}, by which ${toldOf(lost)}`,
    fix: `write new App({ yamlOutputType }) with ${inFolders}FILE_PER_CHART, which is its default, or FILE_PER_APP; or give them different names`,
  });
}

/** Objects that would not be written, each with the one that takes its file. */
function lostObjects(root: IConstruct, isInFolders: boolean): Lost[] {
  const files = new Map<string, ApiObject>();
  const objects = root.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
  return objects.flatMap((object) => {
    const file = isInFolders ? `${Chart.of(object).node.path}/${declaredName(object)}` : writtenName(object);
    const other = files.get(file);
    files.set(file, object);
    return other ? [{ object: other, under: object }] : [];
  });
}

function writtenName(object: ApiObject): string {
  const { kind, metadata } = object.toJson() as { readonly kind: string; readonly metadata?: { readonly name?: string } };
  return `${kind}.${metadata?.name}`.replace(NOT_IN_NAMES, '');
}

// With folders cdk8s asks the object itself, which knows nothing of patches to its name.
function declaredName({ kind, metadata }: ApiObject): string {
  return `${kind}.${metadata.name}`.replace(NOT_IN_NAMES, '');
}

function toldOf([{ object, under }, ...others]: readonly Lost[]): string {
  const more = others.length > 0 ? `, and so would ${others.length} more` : '';
  return `${object.kind} ${object.name} of ${placeOf(object)} would be lost under that of ${placeOf(under)}${more}`;
}

function placeOf({ metadata, node }: ApiObject): string {
  return metadata.namespace === undefined ? node.path : `namespace ${metadata.namespace}`;
}
