import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { hostPython } from './python-tools';
import { temporaryFolder } from './temporary';

/** Unpacks as Lambda does: with the modes and the times that the zip has. */
const UNPACK = `
import os, sys, time, zipfile
archive, target = sys.argv[1:]
with zipfile.ZipFile(archive) as z:
    assert z.testzip() is None, "a damaged zip"
    names = z.namelist()
    assert len(names) == len(set(names)), "a name that is there twice"
    for info in z.infolist():
        path = z.extract(info, target)
        os.chmod(path, info.external_attr >> 16 & 0o7777)
        stamp = time.mktime(info.date_time + (0, 0, -1))
        os.utime(path, (stamp, stamp))
`;

const unpacked = new Map<string, string>();

/** Absolute path of a folder with what is in a bundle: the bundle itself, or what its zip holds. */
export const unpack = (bundle: string): string => {
  if (statSync(bundle).isDirectory()) return bundle;
  const key = `${bundle} ${statSync(bundle).ino}`;
  const known = unpacked.get(key);
  if (known !== undefined) return known;
  const folder = temporaryFolder();
  execFileSync(hostPython(), ['-I', '-c', UNPACK, bundle, folder]);
  unpacked.set(key, folder);
  return folder;
};
