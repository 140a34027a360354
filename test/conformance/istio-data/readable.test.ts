import { Verdicts } from '../../../lib/asking/verdicts';
import { ANALYZERS, CONVERSIONS, istioFiles, POLICIES, SECURITY_TASKS } from './module';

const FILES = [CONVERSIONS, `${ANALYZERS}/testdata`, POLICIES, SECURITY_TASKS].flatMap((folder) =>
  istioFiles(folder, /\.(?:ya?ml|tmpl)$/).map((file) => ({ folder, ...file })),
);

const isTemplate = (text: string): boolean => text.includes('{{');
/** What Istio's tests expect of Envoy, and settings of the mesh as the binary reads them, are no objects of Kubernetes. */
const isNoManifest = (text: string): boolean => !/^\s*-?\s*kind:/m.test(text);

describe("files of Istio's own tests", () => {
  it('are many', () => {
    expect(FILES.length).toBeGreaterThan(300);
  });

  it.each(FILES.map((file) => [`${file.folder}/${file.name}`, file] as const))(
    'are read, or refused for what is so: %s',
    (_, { name, text }) => {
      const { findings } = Verdicts.lint({ name, text });
      const refused = new Set(findings.map(({ code }) => code).filter((code) => code.startsWith('MESH89')));
      const allowed = [isTemplate(text) ? 'MESH891' : [], isNoManifest(text) ? 'MESH892' : []].flat();
      expect([...refused].filter((code) => !allowed.includes(code))).toEqual([]);
      expect(refused.size > 0).toBe(isNoManifest(text) || (isTemplate(text) && refused.has('MESH891')));
    },
  );
});
