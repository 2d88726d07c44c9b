import type { Command } from 'commander';
import type { Session } from '../../session.ts';
import { addClone } from './clone.ts';
import { addCroissant } from './croissant.ts';
import { addDescribe } from './describe.ts';
import { addDiff } from './diff.ts';
import { addGc } from './gc.ts';
import { addImport } from './import.ts';
import { addInit } from './init.ts';
import { addLog } from './log.ts';
import { addLs } from './ls.ts';
import { addPull } from './pull.ts';
import { addRepack } from './repack.ts';
import { addRepair } from './repair.ts';
import { addRm } from './rm.ts';
import { addSync } from './sync.ts';
import { addTag } from './tag.ts';
import { addUntag } from './untag.ts';
import { addVerify } from './verify.ts';

export function addData(parent: Command, session: Session): void {
  const data = parent.command('data').description('datasets, their versions, and folders that follow them');
  for (const add of [
    addInit,
    addSync,
    addImport,
    addPull,
    addClone,
    addLs,
    addLog,
    addDiff,
    addCroissant,
    addDescribe,
    addTag,
    addUntag,
    addVerify,
    addRm,
    addGc,
    addRepack,
    addRepair,
  ]) {
    add(data, session);
  }
}
