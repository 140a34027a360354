import { type Fields, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { groupOf, nameOf } from '../../cluster/objects/manifest-object';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { faultsOf } from '../../schemas/faults';
import { kindMeant, servedKind } from '../../schemas/served';
import { type Report, rule } from '../rule';
import { fieldPathOf } from './checks/field-path';

export const refusedBySchema = rule({
  code: 'MESH119',
  level: 'error',
  title: 'object that its schema refuses',

  check(model: MeshModel, report) {
    const written = model.objects.filter(({ made, patched }) => !made || patched);
    for (const object of written) checkObject(object, object, '', report);
  },
});

/** `on` is the construct; an item of a list has the list's. */
function checkObject(on: ManifestObject, object: ManifestObject, at: string, report: Report): void {
  if (object.kind.endsWith('List')) checkItems(on, object, at, report);
  const served = servedKind(`${groupOf(object)}/${object.kind}`);
  if (!served) return checkKind(on, object, report);
  checkVersion(on, object, served.versions, report);
  for (const { field, what, got, fix, mend } of faultsOf(object.manifest, served.schema)) {
    // An item of a list stands in the list's manifest, whose place it has.
    const place = at === '' ? fieldPathOf(object.manifest, field, what) : undefined;
    const cures = place && mend && [{ field: place, ...mend }];
    report({ on, field: place, message: [`${nameOf(object)}:`, `${at}${field}`, what].filter(Boolean).join(' '), got, fix, cures });
  }
}

function checkItems(on: ManifestObject, { manifest }: ManifestObject, at: string, report: Report): void {
  listOf(manifest.items).forEach((item, index) => {
    const object = itemOf(on, item);
    if (object) checkObject(on, object, `${at}items[${index}].`, report);
  });
}

function itemOf({ path }: ManifestObject, manifest: Fields): ManifestObject | undefined {
  const [apiVersion, kind] = [textOf(manifest.apiVersion), textOf(manifest.kind)];
  if (apiVersion === undefined || kind === undefined) return undefined;
  const [name = '', namespaceName] = [textOf(valueAt(manifest, 'metadata', 'name')), textOf(valueAt(manifest, 'metadata', 'namespace'))];
  return { path, apiVersion, kind, name, namespaceName, made: false, manifest };
}

function checkVersion(on: ManifestObject, object: ManifestObject, versions: readonly string[], report: Report): void {
  const [group, version] = [groupOf(object), object.apiVersion.slice(object.apiVersion.indexOf('/') + 1)];
  if (versions.includes(version)) return;
  const [first, ...others] = versions.map((one) => `${group}/${one}`);
  report({
    on,
    field: on === object ? ['apiVersion'] : undefined,
    message: `no cluster serves this version of ${nameOf(object)}`,
    got: `apiVersion: ${object.apiVersion}`,
    fix: `write ${first}${others.length > 0 ? `; there is also ${others.join(' and ')}` : ''}`,
    // All versions that were ever served have the one schema that is compared.
    cures: [{ field: ['apiVersion'], kind: 'set', was: object.apiVersion, to: first }],
  });
}

// A kind that is not known here may be a newer one, but hardly if it differs from a known one by a letter.
function checkKind(on: ManifestObject, object: ManifestObject, report: Report): void {
  const meant = kindMeant(groupOf(object), object.kind);
  if (meant === undefined) return;
  report({ on, message: `${groupOf(object)} has no kind ${object.kind}`, got: `kind: ${object.kind}`, fix: `write kind: ${meant}` });
}
