// Many services: through the library, or the very same objects as plain resources from a file.
import { existsSync, readFileSync } from 'node:fs';
import * as k8s from '@pulumi/kubernetes';
import { version } from '@pulumi/kubernetes/package.json';
import * as pulumi from '@pulumi/pulumi';
import { type Chart } from 'cdk8s';
import { DataPlane, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import { MeshProgram } from 'istio-constructs-pulumi';

const PLAIN = 'objects.json';
const PER_NAMESPACE = 20;

const config = new pulumi.Config();
const provider = new k8s.Provider('cluster', { kubeconfig: config.requireSecret('kubeconfig') });

const dataPlane = config.require('plane') === 'sidecar' ? DataPlane.sidecar() : DataPlane.ambient();

class Plain extends pulumi.CustomResource {}

/** Each calls the one before it. */
function manyServices(chart: Chart): void {
  let last: MeshedService | undefined;
  for (let index = 0, space: ZeroTrustNamespace | undefined; index < config.requireNumber('services'); index++) {
    if (index % PER_NAMESPACE === 0) space = new ZeroTrustNamespace(chart, `space-${index / PER_NAMESPACE}`, { dataPlane });
    const service = new MeshedService(space!, `service-${index}`, { image: 'registry.example.com/one:1', ports: [MeshPort.http(8080)] });
    if (last) service.calls(last);
    last = service;
  }
}

if (existsSync(PLAIN)) {
  for (const manifest of JSON.parse(readFileSync(PLAIN, 'utf8'))) {
    const [group, served] = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/') : ['core', manifest.apiVersion];
    const name = `${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}`;
    new Plain(`kubernetes:${group}/${served}:${manifest.kind}`, name, manifest, { provider, version });
  }
} else {
  new MeshProgram('mesh', manyServices, { provider, awaitReady: config.getBoolean('awaitReady') });
}
