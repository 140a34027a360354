import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import * as library from 'istio-constructs';

const FOLDER = path.resolve(__dirname, '../../docs/rules');

// Names of constructs and values that are words of Istio or of Kubernetes as well.
const SHARED = ['Mesh', 'Telemetry'];
const NAMES = Object.keys(library).filter((name) => /^[A-Z]/.test(name) && !SHARED.includes(name));
const WORDS = [
  'calls',
  'expose',
  'acknowledge',
  'podSecurity',
  'usersAtGateway',
  'istioPods',
  'access\\.allow',
  'cni: true',
  '(this|the) program',
];
const OF_PROGRAMS = new RegExp(`\\b(${[...NAMES, ...WORDS].join('|')})\\b`);

const manifests = readdirSync(FOLDER).flatMap((page) => {
  const [, text] = /^```yaml\n([\s\S]*?)\n```$/m.exec(readFileSync(path.join(FOLDER, page), 'utf8')) ?? [];
  return text === undefined ? [] : [[page, text]];
});

describe('a finding in YAML', () => {
  it.each(manifests)('says nothing of constructs: %s', (page, text) => {
    const { findings } = library.Verdicts.lint({ name: page, text });
    const said = findings.map((finding) => finding.text.replace(/\n {2}(got|page): .*/g, ''));
    expect(said.filter((each) => OF_PROGRAMS.test(each))).toEqual([]);
  });

  it('says what to do in words of constructs to who has a program', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new ApiObject(chart, 'legacy', {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'legacy', namespace: 'shop' },
      spec: { mtls: { mode: 'PERMISSIVE' } },
    });
    expect(library.MeshReport.of(app).findings.map(({ text }) => text)).toEqual([expect.stringContaining('MTls.migrating')]);
  });
});
