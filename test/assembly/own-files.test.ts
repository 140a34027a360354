import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZeroTrustNamespace } from 'istio-constructs';
import { service } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';

const { FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;

function appIn(yamlOutputType: YamlOutputType): App {
  return new App({ outdir: mkdtempSync(join(tmpdir(), 'files-')), yamlOutputType });
}

/** Two closed namespaces, in one chart or in one each. */
function twoNamespaces({ dataPlane }: PlaneUnderTest, yamlOutputType: YamlOutputType, charts: readonly string[]): App {
  const app = appIn(yamlOutputType);
  const made = charts.map((id) => new Chart(app, id));
  ['shop', 'pay'].forEach((id, index) => {
    service(new ZeroTrustNamespace(made[index % made.length], id, { dataPlane }), `${id}-web`);
  });
  return app;
}

function errorOf(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('a file for each object', () => {
  forEachPlane((plane) => {
    it.each([[FILE_PER_RESOURCE], [FOLDER_PER_CHART_FILE_PER_RESOURCE]])(
      'fails where two objects have one name, and writes nothing (%i)',
      (type) => {
        const app = twoNamespaces(plane, type, ['all']);
        const error = errorOf(app);
        expect(error).toContain('MESH790');
        expect(error).toContain(`${YamlOutputType[type]}, by which`);
        expect(error).toContain('would be lost under that of');
        expect(error).toContain('with FILE_PER_CHART, which is its default, or FILE_PER_APP');
        expect(readdirSync(app.outdir)).toEqual([]);
      },
    );

    it('fails with the output that keeps a file for each object, where the charts are apart', () => {
      expect(errorOf(twoNamespaces(plane, FILE_PER_RESOURCE, ['shop', 'pay']))).toContain(
        'with FOLDER_PER_CHART_FILE_PER_RESOURCE, FILE_PER_CHART',
      );
    });

    it('writes every object in folders of charts that are apart', () => {
      const app = twoNamespaces(plane, FOLDER_PER_CHART_FILE_PER_RESOURCE, ['shop', 'pay']);
      app.synth();
      const files = filesBelow(app.outdir);
      const objects = app.node.findAll().filter((node) => ApiObject.isApiObject(node));
      expect(files).toHaveLength(objects.length);
      expect(files.filter((file) => file.endsWith('AuthorizationPolicy.deny-all.k8s.yaml'))).toHaveLength(2);
    });

    it.each([[FILE_PER_APP], [FILE_PER_CHART]])('says nothing of other outputs (%i)', (type) => {
      const app = twoNamespaces(plane, type, ['all']);
      app.synth();
      const written = filesBelow(app.outdir).map((file) => readFileSync(file, 'utf8'));
      expect(written.join('').match(/name: deny-all/g)).toHaveLength(2);
    });
  });

  forEachPlane((plane) => {
    it('says nothing of one text with all of them', () => {
      const text = twoNamespaces(plane, FILE_PER_RESOURCE, ['all']).synthYaml();
      expect(text.match(/name: deny-all/g)).toHaveLength(2);
    });

    it('fails for objects of two APIs with one kind and name', () => {
      const app = twoNamespaces(plane, FOLDER_PER_CHART_FILE_PER_RESOURCE, ['shop', 'pay']);
      for (const group of ['a.example.com', 'b.example.com']) {
        new ApiObject(app.node.findChild('shop'), group, { apiVersion: `${group}/v1`, kind: 'Thing', metadata: { name: 'one' } });
      }
      expect(errorOf(app)).toContain('Thing one of shop/a.example.com would be lost under that of shop/b.example.com');
    });
  });
});
