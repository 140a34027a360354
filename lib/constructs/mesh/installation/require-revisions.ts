import type { Construct } from 'constructs';
import type { RevisionFacts } from '../../../model/installation/installation';
import { MeshError } from '../../../support/mesh-error';
import type { IstioRevision } from '../../../values/installation/istio-revision';

/** Control planes as they were said, whose version may be that of the mesh. */
export type SaidRevision = Omit<RevisionFacts, 'version'> & { readonly version?: string };

const UNNAMED: readonly SaidRevision[] = [{ tags: [] }];

/** Control planes, each name and each tag once; one without a name where none are said. */
export function requireRevisions(at: Construct, said: readonly IstioRevision[] | undefined): readonly SaidRevision[] {
  if (said === undefined || said.length === 0) return UNNAMED;
  const revisions = said.map(({ name, version, tags = [] }) => ({
    name: requireWord(at, name),
    version: version?.version,
    tags: tags.map((tag) => requireWord(at, tag)),
  }));
  const words = revisions.flatMap(({ name, tags }) => [name, ...tags]);
  const again = words.find((word, index) => words.indexOf(word) !== index);
  if (again === undefined) return revisions;
  throw new MeshError({
    code: 'MESH922',
    at,
    what: 'names and tags of revisions lead to one control plane each',
    got: `${again} twice`,
    fix: 'give one of them another name, or move the tag to the revision that it is for',
  });
}

/** It stands in names of objects behind `istio-sidecar-injector-`, and may begin with a digit: `1-31-1`. */
function requireWord(at: Construct, word: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/.test(word)) return word;
  throw new MeshError({
    code: 'MESH925',
    at,
    what: 'a revision or a tag of one has small letters, digits and dashes between them, at most 40',
    got: word === '' ? 'no name' : word,
    fix: "write it as in '1-31-1' or 'prod-stable'",
  });
}
