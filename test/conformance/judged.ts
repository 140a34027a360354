import type { Chart } from 'cdk8s';
import type { Finding } from './answer';
import { meshFrom, meshOf, type MeshUnderTest } from './mesh-under-test';

/** What Istio is told by its installation. */
type Settings = Parameters<typeof meshFrom>[1];

/** The manifests of programs that share a cluster, once no judge has an error or a warning about them. */
export const judged = async (...programs: readonly Chart[]): Promise<MeshUnderTest> => judgedUnder({}, ...programs);

/** The same in a mesh that was installed with settings of its own. */
export async function judgedUnder(settings: Settings, ...programs: readonly Chart[]): Promise<MeshUnderTest> {
  const manifests = programs.flatMap((program) => meshOf(program).manifests);
  const mesh = meshFrom(manifests, settings);
  const complaints = (await mesh.findings()).filter(({ level }) => level !== 'info');
  if (complaints.length > 0) throw new Error(`Istio does not take these manifests as they are:\n${complaints.map(lineOf).join('\n')}`);
  return mesh;
}

const lineOf = ({ level, code, object, text }: Finding): string => `  ${level} ${code} on ${object}: ${text}`;
