import { App, Yaml } from 'cdk8s';
import { join } from 'node:path';
import { MeshReport } from 'istio-constructs';
import { Bookinfo } from '../../apps/bookinfo/bookinfo';
import { stageNamed, type StageName, STAGES } from '../../apps/bookinfo/stages';
import type { Manifest } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';
import { schemaErrors } from '../schemas/schema-errors';
import { golden } from './golden-file';

const NAMES = Object.keys(STAGES) as StageName[];

const bookinfo = ({ dataPlane }: PlaneUnderTest, stage: StageName) => new Bookinfo(new App(), 'bookinfo', { dataPlane, stage });

const manifestsOf = (plane: PlaneUnderTest, stage: StageName) => bookinfo(plane, stage).toJson() as Manifest[];

const nameOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Faults in ambient mode are followed by the waypoint in an API that Istio calls alpha: an info. */
const FAULTY: readonly StageName[] = ['slow-ratings', 'failing-ratings', 'timeout'];

describe.each(NAMES)('stage %s of Bookinfo', (stage) => {
  forEachPlane((plane) => {
    it('differs from the shop as it is, whose golden is beside it, by what was reviewed', () => {
      const before = new Map(manifestsOf(plane, 'all-v1').map((manifest) => [nameOf(manifest), Yaml.stringify(manifest)]));
      const now = manifestsOf(plane, stage);
      const changed = now.filter((manifest) => before.get(nameOf(manifest)) !== Yaml.stringify(manifest));
      const shown = stage === 'all-v1' ? now.filter(({ metadata }) => metadata.name === 'reviews').filter(isRoute) : changed;
      const text = Yaml.stringify(...shown);
      expect(text).toBe(golden(join(__dirname, 'bookinfo/stages', `${stage}.${plane.name}.yaml`), text));
      expect([...before.keys()].filter((name) => !now.some((manifest) => nameOf(manifest) === name))).toEqual([]);
    });

    it('satisfies the schemas, and has no finding that would have to be acknowledged', () => {
      expect(manifestsOf(plane, stage).flatMap(schemaErrors)).toEqual([]);
      const infos = plane.of({ sidecar: [], ambient: FAULTY.includes(stage) ? ['info MESH310'] : [] });
      expect(MeshReport.of(bookinfo(plane, stage)).findings.map(({ level, code }) => `${level} ${code}`)).toEqual(infos);
    });

    it('starts and stops no pod', () => {
      const pods = (name: StageName) => manifestsOf(plane, name).filter(({ kind }) => kind === 'Deployment');
      const specs = (name: StageName) => new Map(pods(name).map(({ metadata, spec }) => [metadata.name, spec]));
      expect(specs(stage)).toEqual(specs('all-v1'));
    });
  });
});

it('a stage that there is not is refused by name', () => {
  expect(() => stageNamed('all-v9')).toThrow(/There is no stage all-v9; there are all-v1, jason-v2/);
});

const isRoute = ({ kind }: Manifest): boolean => ['HTTPRoute', 'VirtualService', 'DestinationRule'].includes(kind);
