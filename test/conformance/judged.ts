import type { Chart } from 'cdk8s';
import type { Finding } from './answer';
import { meshFrom, meshOf, type MeshUnderTest } from './mesh-under-test';

/** What Istio is told by its installation. */
type Settings = Parameters<typeof meshFrom>[1];

/** The manifests of programs that share a cluster, once no judge has an error or a warning about them. */
export const judged = async (...programs: readonly Chart[]): Promise<MeshUnderTest> => judgedUnder({}, ...programs);

/** The same in a mesh that was installed with settings of its own. */
export const judgedUnder = async (settings: Settings, ...programs: readonly Chart[]): Promise<MeshUnderTest> =>
  judgedIn(meshFrom(manifestsOf(programs), settings));

/** The same in a cluster that has bundle 1.7 of the Gateway API. */
export const judgedWithBundle17 = async (...programs: readonly Chart[]): Promise<MeshUnderTest> =>
  judgedIn(meshFrom(manifestsOf(programs), {}, 'crds-1.7'));

const manifestsOf = (programs: readonly Chart[]): object[] => programs.flatMap((program) => [...meshOf(program).manifests]);

async function judgedIn(mesh: MeshUnderTest): Promise<MeshUnderTest> {
  const complaints = (await mesh.findings()).filter(({ level }) => level !== 'info');
  if (complaints.length > 0) throw new Error(`Istio does not take these manifests as they are:\n${complaints.map(lineOf).join('\n')}`);
  return mesh;
}

const lineOf = ({ level, code, object, text }: Finding): string => `  ${level} ${code} on ${object}: ${text}`;
