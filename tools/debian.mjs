import { existsSync } from 'node:fs';
import { Refusal, run, step } from './steps.mjs';

/** What the tests need beside Node and Python, as Debian names it, and a file by which each is known. */
const forTests = {
  chromium: '/usr/bin/chromium',
  'fonts-liberation': '/usr/share/fonts/truetype/liberation',
  strace: '/usr/bin/strace',
  bindfs: '/usr/bin/bindfs',
  'g++': '/usr/bin/g++',
  make: '/usr/bin/make',
  openssl: '/usr/bin/openssl',
  'libkrb5-dev': '/usr/include/krb5.h',
  'python3-torch': '/usr/lib/python3/dist-packages/torch',
  'python3-torchvision': '/usr/lib/python3/dist-packages/torchvision',
};

/** Installs through apt when this user may; else says in one sentence what to install. */
export async function installDebianPackages(packages = forTests, who = 'The tests need') {
  const missing = Object.keys(packages).filter((name) => !existsSync(packages[name]));
  if (missing.length === 0) return;
  const order = `apt-get install -y ${missing.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new Refusal(`${who} ${missing.join(', ')}: run 'sudo ${order}' once, then the same again.`);
  }
  await step(`Installing ${missing.join(', ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { env });
  });
}
