import type { Construct } from 'constructs';
import { PROXY_VOLUMES } from '../../../istio/defaults';
import type { VolumeFacts } from '../../../model/workload-spec';
import { MeshError } from '../../../support/mesh-error';
import { MOST_IN_LABEL } from '../../../support/bounds/label-syntax';

/** All that is mounted into pods: volumes, whose names are ours to choose, and claims, whose names somebody chose. */
export function volumesOf(at: Construct, volumes: readonly VolumeFacts[], claims: readonly VolumeFacts[]): VolumeFacts[] {
  const path = twiceIn([...volumes, ...claims].map((one) => one.path));
  if (path !== undefined) refuse(at, `two volumes at ${path}`, 'mount one of them at another path');
  const names = claims.map(({ name }) => name);
  const twice = twiceIn(names);
  if (twice !== undefined) refuse(at, `two claims named ${twice}`, 'give one of them another name');
  const istios = names.find((name) => PROXY_VOLUMES.includes(name));
  if (istios !== undefined) refuse(at, `a claim named ${istios}, as a volume of the sidecar is`, 'give the claim another name');
  return [...renamed(volumes, [...names, ...PROXY_VOLUMES]), ...claims];
}

/** Two paths may make one name (/a-b and /a/b), or that of a claim; a number tells them apart. */
function renamed(volumes: readonly VolumeFacts[], others: readonly string[]): VolumeFacts[] {
  const taken = new Set(others);
  const wanted = new Set(volumes.map(({ name }) => name));
  return volumes.map((one, index) => {
    let name = one.name;
    for (let number = Math.max(1, index); taken.has(name); number += 1) {
      const numbered = withNumber(one.name, number);
      if (!wanted.has(numbered)) name = numbered;
    }
    taken.add(name);
    return name === one.name ? one : { ...one, name };
  });
}

function withNumber(name: string, number: number): string {
  const end = `-${number}`;
  return `${name.slice(0, MOST_IN_LABEL - end.length).replace(/-+$/, '')}${end}`;
}

function twiceIn(words: readonly string[]): string | undefined {
  return words.find((word, index) => words.indexOf(word) !== index);
}

function refuse(at: Construct, got: string, fix: string): never {
  throw new MeshError({ code: 'MESH776', at, what: 'at each path one volume is mounted, and each has a name of its own', got, fix });
}
