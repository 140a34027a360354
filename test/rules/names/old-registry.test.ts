import { oldRegistry } from '../../../lib/rules/names/old-registry';
import { findings, made, raw } from '../model-builder';

const pods = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system }
spec: { template: { spec: { containers: [{ name: discovery, image: "${image}" }] } } }
`;

const find = (manifest: string) => findings(oldRegistry, { objects: raw(manifest) });

describe(oldRegistry.title, () => {
  it.each([
    'docker.io/istio/pilot:1.31.1',
    'istio/pilot',
    'gcr.io/acme/istio-release:1',
    'ghcr.io/istio-release/pilot',
    'see gcr.io/istio-release/pilot',
  ])('takes %s', (image) => {
    expect(find(pods(image))).toEqual([]);
  });

  it('takes a text that only speaks of it', () => {
    expect(
      find('{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { readme: "gcr.io/istio-release was the old place" } }'),
    ).toEqual([]);
  });

  it.each([
    'gcr.io/istio-release/pilot:1.29.0',
    'oci://gcr.io/istio-release/charts/istiod',
    'https://istio-release.storage.googleapis.com/charts',
  ])('tells of %s', (image) => {
    expect(find(pods(image))).toMatchObject([{ on: { path: 'raw/deployment/istiod' }, got: image }]);
  });

  it('leaves what constructs write to their tests', () => {
    expect(findings(oldRegistry, { objects: made(pods('gcr.io/istio-release/pilot')) })).toEqual([]);
  });
});
