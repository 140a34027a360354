// Runs etcd, kube-apiserver and kube-controller-manager on loopback, from the folder of programs that it is given, until its
// input ends: whoever started it may die in any way, and neither a process nor a file stays behind.
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LAST_LINES = 25;
const READY_WITHIN = 120_000;
const CERTIFICATE = 'certificates/apiserver.crt'; // kube-apiserver makes it when it starts

const programs = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-cluster-'));
const at = (file) => join(folder, file);
const running = new Map();
let stopping;

/** Ports that nobody listens on, all different. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Starts a program whose output goes to a file; that it ends before its time ends everything. */
function start(name, flags) {
  if (stopping) return;
  const log = openSync(at(`${name}.log`), 'a');
  const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  const child = spawn(join(programs, name), args, { cwd: folder, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  running.set(name, { child, ended });
  void ended.then((why) => stop(`${name} ${why}`));
}

/** Ends all of it at once, for nothing in it is worth saving, and then itself; says why where that was not asked for. */
function stop(why) {
  stopping ??= (async () => {
    if (why) process.stderr.write(`${why}\n${[...running.keys()].map(tail).join('')}`);
    for (const { child } of running.values()) child.kill('SIGKILL');
    await Promise.all([...running.values()].map(({ ended }) => ended));
    await removeFolder();
    process.exit(why ? 1 : 0);
  })();
  return stopping;
}

// A client that lost its server may still write into its cache for a moment.
async function removeFolder() {
  let failure;
  for (let tries = 0; existsSync(folder) && tries < 20; tries++) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      failure = error;
    }
    await sleep(100);
  }
  if (existsSync(folder)) process.stderr.write(`${folder} is left behind: ${failure?.message}\n`);
}

function tail(name) {
  const lines = readFileSync(at(`${name}.log`), 'utf8')
    .trimEnd()
    .split('\n');
  return [`-- the last lines of ${name}:`, ...lines.slice(-LAST_LINES), ''].join('\n');
}

function startEtcd(port, peerPort) {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  start('etcd', {
    'data-dir': at('etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    'unsafe-no-fsync': true,
  });
}

function startApiServer(port, etcdPort, token) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(at('accounts.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(at('tokens.csv'), `${token},admin,admin,system:masters\n`);
  start('kube-apiserver', {
    'etcd-servers': `http://127.0.0.1:${etcdPort}`,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': port,
    'cert-dir': at(dirname(CERTIFICATE)),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': at('accounts.key'),
    'service-account-signing-key-file': at('accounts.key'),
    'token-auth-file': at('tokens.csv'),
    'authorization-mode': 'RBAC',
    'service-cluster-ip-range': '10.96.0.0/16',
    'endpoint-reconciler-type': 'none',
  });
}

// No more controllers than deletion needs: what else would change objects would blur what an apply changed.
function startControllers(kubeconfig) {
  start('kube-controller-manager', {
    kubeconfig,
    controllers: 'namespace-controller,garbage-collector-controller',
    'leader-elect': false,
    'secure-port': 0,
  });
}

function writeKubeconfig(port, token) {
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': at(CERTIFICATE) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  };
  writeFileSync(at('kubeconfig'), JSON.stringify(config));
  return at('kubeconfig');
}

async function untilReady(port, token) {
  for (const started = Date.now(); Date.now() - started < READY_WITHIN; await sleep(100)) if (await isReady(port, token)) return;
  await stop(`kube-apiserver was not ready after ${READY_WITHIN / 1000} seconds`);
}

function isReady(port, token) {
  if (!existsSync(at(CERTIFICATE))) return false;
  const options = { ca: readFileSync(at(CERTIFICATE)), headers: { authorization: `Bearer ${token}` } };
  return new Promise((resolve) => {
    const request = get(`https://127.0.0.1:${port}/readyz`, options, (response) => resolve(response.resume().statusCode === 200));
    request.on('error', () => resolve(false));
  });
}

process.stdin.resume().on('end', () => stop());
process.stdout.on('error', () => stop());
process.on('uncaughtException', (error) => stop(error.stack));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop());

const [port, etcdPort, peerPort] = await freePorts(3);
const token = randomBytes(24).toString('hex');
const kubeconfig = writeKubeconfig(port, token);
startEtcd(etcdPort, peerPort);
startApiServer(port, etcdPort, token);
await untilReady(port, token);
startControllers(kubeconfig);
process.stdout.write(`${JSON.stringify({ folder, kubeconfig })}\n`);
