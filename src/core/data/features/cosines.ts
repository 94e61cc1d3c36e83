/** The discrete cosine transform (type 2) that turns log-mel values into cepstral coefficients. */

/**
 * The transform's factors, row by row: coefficient k of values x is Σ_n x[n] · scale(k) · cos(π (n + ½) k / size).
 * @param scale the factor of each coefficient
 */
export function cosineRows(size: number, coefficients: number, scale: (k: number) => number): Float64Array[] {
  return Array.from({ length: coefficients }, (_, k) =>
    Float64Array.from({ length: size }, (__, n) => scale(k) * Math.cos((Math.PI * (n + 0.5) * k) / size)),
  );
}
