import { join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { Region } from '../../apps/multi-cluster/multi-cluster';
import { forEachPlane } from '../for-each-plane';
import { golden } from './golden-file';

describe('the other cluster of the app multi-cluster', () => {
  forEachPlane(({ name: plane }) => {
    it('is what was reviewed, with what installs Istio in both', () => {
      const [east, west] = (['east', 'west'] as const).map((cluster) => new Region(new App(), 'multi-cluster', { cluster, plane }));
      const written = Yaml.stringify(...(west.toJson() as object[]));
      expect(written).toBe(golden(join(__dirname, 'multi-cluster', `${plane}-west.yaml`), written));
      const installed = [east, west].map(({ istio }) =>
        [...istio.helmCommands, ...istio.remoteSecretCommands, ...istio.files.map(({ name, text }) => `# ${name}\n${text}`)].join('\n'),
      );
      expect(installed.join('\n')).toBe(golden(join(__dirname, 'multi-cluster', `${plane}-installation.txt`), installed.join('\n')));
    });
  });
});
