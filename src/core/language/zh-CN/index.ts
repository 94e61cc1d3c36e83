/** The catalogue of Simplified Chinese, a file per part of the program. tests/language.test.ts compares it with the source. */
import type { Messages } from '../say';
import charts from './charts.json';
import classroom from './classroom.json';
import common from './common.json';
import comparison from './comparison.json';
import config from './config.json';
import cost from './cost.json';
import data from './data.json';
import device from './device.json';
import exported from './export.json';
import gathered from './gathered.json';
import glance from './glance.json';
import importers from './importers.json';
import lessons from './lessons.json';
import layers from './layers.json';
import network from './network.json';
import opened from './opened.json';
import page from './page.json';
import report from './report.json';
import results from './results.json';
import runs from './runs.json';
import search from './search.json';
import session from './session.json';
import setup from './setup.json';
import store from './store.json';
import tasks from './tasks.json';
import tflite from './tflite.json';
import why from './why.json';
import words from './words.json';

export const messages: Messages = {
  ...charts,
  ...classroom,
  ...common,
  ...comparison,
  ...config,
  ...cost,
  ...data,
  ...device,
  ...exported,
  ...gathered,
  ...glance,
  ...importers,
  ...lessons,
  ...layers,
  ...network,
  ...opened,
  ...page,
  ...report,
  ...results,
  ...runs,
  ...search,
  ...session,
  ...setup,
  ...store,
  ...tasks,
  ...tflite,
  ...why,
  ...words,
};
