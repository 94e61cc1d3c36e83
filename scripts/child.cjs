'use strict';
// Runs other programs so that no signal leaves them behind.
const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const { clearInterval, setInterval } = require('node:timers');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;

/**
 * Runs a program to its end. A signal to this process is passed on to the program; once the program has ended, this process
 * ends too, with 128 and the signal's number.
 *
 * @param options of `spawn`
 * @returns {Promise<number>} the exit status; 1 when the program could not be started or was ended by a signal that it got alone
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
 * Sends this process SIGHUP when the npm that started it is gone: npm passes on INT and TERM, but not HUP, and can be killed.
 * Without npm it does nothing, since a program may outlive the shell that started it.
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
