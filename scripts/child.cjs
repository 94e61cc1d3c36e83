'use strict';
// Runs other programs so that no signal leaves them behind.
const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const { clearInterval, setInterval } = require('node:timers');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;

/**
 * Runs a program to its end. A signal that this process gets meanwhile goes to the program; once that has ended, this process
 * does too, with 128 and the signal's number.
 *
 * @param options of `spawn`
 * @returns {Promise<number>} the exit status, 1 for a program that could not be started or that a signal of its own ended
 */
exports.runChild = function runChild(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, options);
    let received;
    const pass = (signal) => {
      received ??= signal;
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, pass);
    const end = (status) => {
      for (const signal of SIGNALS) process.off(signal, pass);
      if (received) process.exit(128 + constants.signals[received]);
      resolve(status ?? 1);
    };
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      end(1);
    });
    child.once('close', end);
  });
};

/**
 * Hangs this process up when npm, which started it, is gone: npm passes on INT and TERM, but not HUP, and can be killed.
 * Without npm nothing is done, since a program may well outlive the shell that it was started from.
 */
exports.endWithNpm = function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGHUP');
  }, PARENT_CHECK_MS);
  check.unref();
};
