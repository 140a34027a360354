// The programs of the table of changes, by the stack's configuration.
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { MeshProgram } from 'istio-constructs-pulumi';
import { type PlaneName, programsIn } from '../stack-changes';

const config = new pulumi.Config();
const provider = new k8s.Provider('cluster', { kubeconfig: config.requireSecret('kubeconfig') });

for (const [name, build, options] of programsIn(config.require('plane') as PlaneName)[config.require('programs')]) {
  new MeshProgram(name, build, { ...options, provider });
}
