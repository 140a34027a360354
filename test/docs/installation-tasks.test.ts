import { writeFileSync } from 'node:fs';
import { type IstioInstallation, MeshReport } from 'istio-constructs';
import { forEachPlane, type PlaneName } from '../for-each-plane';
import { UPDATE } from '../golden/golden-file';
import { fileOf, INSTALLATIONS, installationsOf, pageOf } from './task-pages';

type Way = 'helm' | 'istioctl';

/** Where Istio has each guide, and what its page shows. */
const GUIDES: Readonly<Record<string, { readonly page: string; readonly ways: readonly Way[] }>> = {
  'installation/ambient-profile': { page: 'ambient/install/', ways: ['istioctl', 'helm'] },
  'installation/cni': { page: 'setup/additional-setup/cni/', ways: ['helm'] },
  'installation/file': { page: 'setup/additional-setup/customize-installation/', ways: ['istioctl'] },
  'installation/gateways': { page: 'setup/additional-setup/gateway/', ways: ['helm'] },
  'installation/helm': { page: 'setup/install/helm/', ways: ['helm'] },
  'installation/istioctl': { page: 'setup/install/istioctl/', ways: ['istioctl'] },
  'installation/profiles': { page: 'setup/additional-setup/config-profiles/', ways: ['istioctl'] },
  'installation/revisions': { page: 'setup/upgrade/canary/', ways: ['istioctl', 'helm'] },
};

const COMMANDS: Readonly<Record<Way, (one: IstioInstallation) => string[]>> = {
  helm: ({ helmCommands }) => helmCommands,
  istioctl: ({ istioctlCommands }) => istioctlCommands,
};
const HEADINGS: Readonly<Record<PlaneName, string>> = { sidecar: '## Sidecar', ambient: '## Ambient' };

/** The lines that install, and the files that they name, as a page shows them. */
function shownOf(task: string, plane: PlaneName): string {
  const installations = installationsOf(task, plane);
  const commands = installations.flatMap((one) => GUIDES[task].ways.map((way) => COMMANDS[way](one).join('\n')));
  const named = installations.flatMap(({ files }) => files).filter(({ name }) => commands.some((lines) => lines.includes(` ${name}`)));
  const files = named.map(({ name, text }) => `# ${name}\n${text}`);
  return `\`\`\`sh\n${commands.join('\n\n')}\n\`\`\`\n\n\`\`\`yaml\n${files.join('---\n')}\`\`\`\n`;
}

/** The page with other commands and files below a heading. */
function showing(page: string, plane: PlaneName, shown: string): string {
  const block = new RegExp(`(^${HEADINGS[plane]}\\n\\n)\`\`\`sh\\n[\\s\\S]*?^\`\`\`\\n\\n\`\`\`yaml\\n[\\s\\S]*?^\`\`\`\\n`, 'm');
  expect(page).toMatch(block);
  return page.replace(block, (_, before) => `${before}${shown}`);
}

describe.each(INSTALLATIONS)('the page of the guide %s', (task) => {
  forEachPlane(({ name }) => {
    it('shows the commands and the files that its program says; UPDATE_GOLDEN=1 writes them anew', () => {
      const shown = showing(pageOf(task), name, shownOf(task, name));
      if (UPDATE) writeFileSync(fileOf(task), shown);
      expect(pageOf(task)).toBe(shown);
    });

    it('has a program with nothing to find in it but that its namespace is open', () => {
      const found = installationsOf(task, name).flatMap((one) => MeshReport.of(one).findings);
      expect(found.filter(({ level }) => level !== 'info').map(({ text }) => text)).toEqual([]);
    });
  });

  it('links to the guide of Istio, and says what it does by hand and what happens', () => {
    const page = pageOf(task);
    expect(page).toContain(`<https://istio.io/latest/docs/${GUIDES[task].page}>`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      'By hand',
      'The program',
      'Sidecar',
      'Ambient',
      'What happens',
    ]);
  });
});
