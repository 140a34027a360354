import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MissingTool } from '../../scripts/engines/go-module.mjs';
import { startApiServer, stopApiServer } from './api-server.mjs';
import { crdFiles } from './crds.mjs';
import { clusterEngines } from './engines.mjs';
import { writeManifests } from './write-manifests.mjs';

/** An API server that knows Istio, the Gateway API, the Prometheus Operator, Argo CD and Flux, and the manifests of every app, before the first test. */
export default async function setUp() {
  try {
    const [programs, crds] = [clusterEngines(), crdFiles()];
    const { folder, kubeconfig } = await startApiServer(programs);
    // kubectl reads these two by itself, and must not read what the user has at home
    Object.assign(process.env, { KUBECONFIG: kubeconfig, KUBECACHEDIR: join(folder, 'cache'), KUBERC: 'off' });
    Object.assign(process.env, { CLUSTER_KUBECTL: join(programs, 'kubectl'), CLUSTER_MANIFESTS: join(folder, 'manifests') });

    await kubectl('apply', '--server-side', ...crds.map((file) => `--filename=${file}`));
    await established();
    // Where Istio is installed, its namespace is there, and what holds for the whole mesh goes into it; those of a Prometheus and a Grafana, and of who delivers, are there as well.
    for (const namespace of ['istio-system', 'monitoring', 'argocd', 'flux-system']) await kubectl('create', 'namespace', namespace);
    await writeManifests(process.env.CLUSTER_MANIFESTS);
  } catch (error) {
    await stopApiServer();
    if (!(error instanceof MissingTool)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const kubectl = (...args) => promisify(execFile)(process.env.CLUSTER_KUBECTL, args);

/** Every definition is served: kubectl fails at once while one of them has no status yet. */
async function established(attempts = 30) {
  try {
    await kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
  } catch (error) {
    if (attempts === 0 || !/conditions accessor/.test(String(error))) throw error;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await established(attempts - 1);
  }
}
