// The Merkle tree of RFC 6962 and RFC 9162, section 2.1.
import {equal, sha256} from './bytes.js';

export const leafHash = (leaf) => sha256(Uint8Array.of(0), leaf);

export const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

/** A tree that only grows, as the complete subtrees that stand side by side. */
export class Frontier {
  #peaks = [];
  size = 0;

  async append(hash) {
    let node = hash;
    for (let i = this.size; i % 2 === 1; i = (i - 1) / 2) {
      node = await nodeHash(this.#peaks.pop(), node);
    }
    this.#peaks.push(node);
    this.size++;
  }

  async root() {
    if (!this.#peaks.length) {
      return sha256(new Uint8Array());
    }
    let root = this.#peaks.at(-1);
    for (let i = this.#peaks.length - 2; i >= 0; i--) {
      root = await nodeHash(this.#peaks[i], root);
    }
    return root;
  }
}

/** RFC 9162, section 2.1.3.2. */
export async function provesInclusion(path, index, hash, size, root) {
  if (index >= size) {
    return false;
  }
  let fn = index;
  let sn = size - 1;
  let node = hash;
  for (const sibling of path) {
    if (sn === 0) {
      return false;
    }
    if (fn % 2 === 1 || fn === sn) {
      node = await nodeHash(sibling, node);
      while (fn % 2 === 0 && fn !== 0) {
        fn = fn / 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      node = await nodeHash(node, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(node, root);
}
