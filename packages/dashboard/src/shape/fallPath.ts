/**
 * Water over a step, in a box of 100 × 100: from a left and right edge above to those below (shares
 * from 0 to 1), leaving and arriving upright, so that it meets the bars without a corner.
 */
export function fallPath(
  above: { left: number; right: number },
  below: { left: number; right: number },
): string {
  const [l1, r1, l2, r2] = [above.left, above.right, below.left, below.right].map((share) =>
    Number((share * 100).toFixed(3)),
  )
  return `M${l1} 0H${r1}C${r1} 55 ${r2} 45 ${r2} 100H${l2}C${l2} 45 ${l1} 55 ${l1} 0Z`
}
