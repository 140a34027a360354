// Loaded before the program that `npm run synth` runs. It writes mesh.json and access.md beside the manifests, one for all Apps of the
// program, and prints an error as its report alone when the report says where to look.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

const outdir = process.env.CDK8S_OUTDIR; // the CLI sets it for the program alone
if (outdir && !process.env.ISTIO_CONSTRUCTS_SYNTH) {
  process.env.ISTIO_CONSTRUCTS_SYNTH = 'running'; // processes that the program starts are not the program
  watch();
}

function watch() {
  const { App } = require('cdk8s');
  const apps = new Set();

  const { synth } = App.prototype;
  App.prototype.synth = function () {
    synth.call(this);
    apps.add(this);
  };

  process.on('uncaughtException', (error) => {
    process.stderr.write(`${report(error)}\n`);
    process.exit(1);
  });
  process.on('exit', (code) => {
    if (code === 0 && apps.size > 0) writeMesh([...apps]);
  });
}

function report(error) {
  const explained = ['MeshError', 'MeshErrors', 'FindingsError'].includes(error?.name) || error?.message?.startsWith('Validation failed');
  if (explained && !process.env.ISTIO_CONSTRUCTS_DEBUG) return error.message;
  const lines = String(error?.stack ?? error).split('\n');
  return lines.filter((line) => !/^ +at .*(node:internal|node_modules)/.test(line)).join('\n');
}

function writeMesh(apps) {
  const { MeshReport } = require('istio-constructs');
  const reports = apps.map((app) => MeshReport.of(app));
  const clusters = reports.map((report) => JSON.parse(report.toJson()));
  writeFileSync(join(outdir, 'mesh.json'), `${JSON.stringify({ version: 1, clusters }, undefined, 2)}\n`);
  writeFileSync(join(outdir, 'access.md'), reports.map((report) => report.accessPage()).join('\n'));
}
