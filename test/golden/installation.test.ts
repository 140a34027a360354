import { join } from 'node:path';
import { App } from 'cdk8s';
import { Platform } from '../../apps/install/install';
import { forEachPlane } from '../for-each-plane';
import { golden } from './golden-file';

describe('what installs Istio for the app install', () => {
  forEachPlane(({ name, dataPlane }) => {
    it('is what was reviewed: commands, and the files that they name', () => {
      const { helmCommands, istioctlCommands, files } = new Platform(new App(), 'install', { dataPlane }).istio;
      const commands = ['helm.sh', ...helmCommands, '', 'istioctl.sh', ...istioctlCommands].map((line) => `# ${line}`.trimEnd());
      const written = [`${commands.join('\n')}\n`, ...files.map((file) => `# ${file.name}\n${file.text}`)].join('---\n');
      expect(written).toBe(golden(join(__dirname, 'install', `installation-${name}.txt`), written));
    });
  });
});
