import { InvalidArgumentError } from 'commander';

/** The command line's options as commander gives them. */
export interface LinkFlags {
  settings?: string;
  out: string;
  truth?: string;
  threshold?: 'auto' | number;
  keep: number;
  fast?: boolean;
  threads?: number;
  seed: number;
  decisions?: string;
  model?: string;
  /** An earlier `clusters.csv`. */
  previous?: string;
  oneToOne?: boolean;
  /** Where the model goes as Splink settings. */
  exportSplink?: string;
  splinkDialect?: 'duckdb' | 'spark';
  splinkColumns?: 'raw' | 'prepared';
  /** A Splink settings file to link with. */
  importSplink?: string;
  json?: boolean;
}

/** A number that an option gives. @throws InvalidArgumentError outside of `low` to `high` */
export function number(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a number from ${low} to ${high}.`);
  };
}

export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** `--threshold`: bits, or `auto`. */
export function bitsOrAuto(text: string): 'auto' | number {
  return text === 'auto' ? text : number(-100, 1000)(text);
}
