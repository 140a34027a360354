import * as pulumi from '@pulumi/pulumi';
import type { IConstruct } from 'constructs';
import type { IstioInstallation } from 'istio-constructs';

const ENGINES = ['ArgoCdInstallation', 'FluxInstallation'];

type KindOf = (construct: IConstruct) => string | undefined;

/** The installation of a program that is to be installed by the stack. */
export function requireInstallation(program: string, root: IConstruct, kindOf: KindOf): IstioInstallation {
  const all = root.node.findAll();
  const engine = all.find((one) => ENGINES.includes(kindOf(one) ?? ''));
  if (engine) throw refused(program, `${kindOf(engine)} at ${engine.node.path}, which installs it as well`, 'leave out one of them');
  const found = all.find((one) => kindOf(one) === 'IstioInstallation');
  if (!found) throw refused(program, 'no IstioInstallation', "add new IstioInstallation(chart, 'istio') to the program");
  return found as IstioInstallation;
}

function refused(program: string, got: string, fix: string): Error {
  const what = `MeshProgram ${program}: with installIstio the stack installs Istio as the IstioInstallation of the program says`;
  return new pulumi.RunError([what, `  got: ${got}`, `  fix: ${fix}`].join('\n'));
}
