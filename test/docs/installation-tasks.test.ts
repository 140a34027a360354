import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { App } from 'cdk8s';
import { type IstioInstallation, MeshReport } from 'istio-constructs';
import { forEachPlane, type PlaneName } from '../for-each-plane';
import { UPDATE } from '../golden/golden-file';
import { fileOf, INSTALLATIONS, installationsOf, pageOf } from './task-pages';

type Way = 'helm' | 'istioctl' | 'secrets';

/** Where Istio has each guide, and what its page shows. */
const GUIDES: Readonly<Record<string, { readonly page: string; readonly ways: readonly Way[] }>> = {
  'installation/ambient-profile': { page: 'ambient/install/', ways: ['istioctl', 'helm'] },
  'installation/cni': { page: 'setup/additional-setup/cni/', ways: ['helm'] },
  'installation/file': { page: 'setup/additional-setup/customize-installation/', ways: ['istioctl'] },
  'installation/gateways': { page: 'setup/additional-setup/gateway/', ways: ['helm'] },
  'installation/helm': { page: 'setup/install/helm/', ways: ['helm'] },
  'installation/istioctl': { page: 'setup/install/istioctl/', ways: ['istioctl'] },
  'installation/multi-primary': { page: 'setup/install/multicluster/multi-primary/', ways: ['helm', 'secrets'] },
  'installation/multi-primary-networks': { page: 'setup/install/multicluster/multi-primary_multi-network/', ways: ['helm', 'secrets'] },
  'installation/primary-remote': { page: 'setup/install/multicluster/primary-remote/', ways: ['istioctl', 'secrets'] },
  'installation/primary-remote-networks': {
    page: 'setup/install/multicluster/primary-remote_multi-network/',
    ways: ['istioctl', 'secrets'],
  },
  'installation/profiles': { page: 'setup/additional-setup/config-profiles/', ways: ['istioctl'] },
  'installation/revisions': { page: 'setup/upgrade/canary/', ways: ['istioctl', 'helm'] },
};

/** What ambient mode does not have. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'installation/primary-remote': ['MESH604'],
  'installation/primary-remote-networks': ['MESH604'],
};

const COMMANDS: Readonly<Record<Way, (one: IstioInstallation) => string[]>> = {
  helm: ({ helmCommands }) => helmCommands,
  istioctl: ({ istioctlCommands }) => istioctlCommands,
  secrets: ({ remoteSecretCommands }) => remoteSecretCommands,
};
const HEADINGS: Readonly<Record<PlaneName, string>> = { sidecar: '## Sidecar', ambient: '## Ambient' };

/** The lines that install, and the files that they name, as a page shows them; of what cannot be installed, why not. */
function shownOf(task: string, plane: PlaneName): string {
  const installations = installationsOf(task, plane);
  const errors = new Set(installations.flatMap((one) => MeshReport.of(one).findings.filter(({ level }) => level === 'error')));
  if (errors.size > 0) return `\`\`\`text\n${[...errors].map(({ code, path, text }) => refusal(code, path, text)).join('\n')}\n\`\`\`\n`;
  const commands = GUIDES[task].ways.flatMap((way) => installations.map((one) => COMMANDS[way](one).join('\n')));
  const files = installations.flatMap((one) => {
    const named = one.files.filter(({ name }) => commands.some((lines) => lines.includes(` ${name}`)));
    return named.map(({ name, text }) => `# ${installations.length > 1 ? `${clusterOf(one)}/` : ''}${name}\n${text}`);
  });
  return `\`\`\`sh\n${commands.filter(Boolean).join('\n\n')}\n\`\`\`\n\n\`\`\`yaml\n${files.join('---\n')}\`\`\`\n`;
}

const clusterOf = (one: IstioInstallation): string => basename((one.node.root as App).outdir);

/** An error without the line of the page that it stands on. */
function refusal(code: string, path: string, text: string): string {
  const told = text.split('\n').filter((line) => !/^ {2}(declared at|page): /.test(line));
  return told.join('\n').replace(`${code} at ${path}`, `error ${code} at ${path}`);
}

/** The page with something else between a heading and the next one. */
function showing(page: string, plane: PlaneName, shown: string): string {
  const block = new RegExp(`(^${HEADINGS[plane]}\\n\\n)\`\`\`[\\s\\S]*?^\`\`\`\\n(?=\\n## )`, 'm');
  expect(page).toMatch(block);
  return page.replace(block, (_, before) => `${before}${shown}`);
}

describe.each(INSTALLATIONS)('the page of the guide %s', (task) => {
  forEachPlane(({ name, of }) => {
    it('shows the commands and the files that its program says; UPDATE_GOLDEN=1 writes them anew', () => {
      const shown = showing(pageOf(task), name, shownOf(task, name));
      if (UPDATE) writeFileSync(fileOf(task), shown);
      expect(pageOf(task)).toBe(shown);
    });

    it('has a program with nothing to find in it but what a plane does not have', () => {
      const found = installationsOf(task, name).flatMap((one) => MeshReport.of(one).findings);
      const codes = found.filter(({ level }) => level !== 'info').map(({ code }) => code);
      expect([...new Set(codes)]).toEqual(of({ sidecar: [], ambient: REFUSED[task] ?? [] }));
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
