"""Rates of rare events with an exact interval: so many of what happened in so many days.

The interval is Garwood's (Biometrika 28, 1936): the Poisson means under which what was counted, or more, or less, still
happens one time in forty. By the gamma distribution: `P(k, low) = 0.025` and `P(k + 1, high) = 0.975`.
"""

from __future__ import annotations

from math import exp, lgamma, log, sqrt

from placement_tui.domain.insight import Row

PER = 1_000.0  # days that a rate is for
TAIL = 0.025  # of a 95% interval, on either side
_Z = 1.959963984540054
_STEPS = 500
_TINY, _NEAR = 1e-300, 1e-15


def rate(label: str, events: int, days: float, n: int, **more: object) -> Row:
    """So many events in so many days, per 1,000 days, with its exact interval; `n` placements were lived in."""
    if days <= 0:
        return Row(label, None, n, events, days, **more)  # type: ignore[arg-type]  # across, note, cuts
    low, high = poisson(events)
    value = events / days * PER
    return Row(label, value, n, events, days, low / days * PER, high / days * PER, **more)  # type: ignore[arg-type]  # the same


def poisson(events: int) -> tuple[float, float]:
    """The exact 95% interval of the mean of a Poisson count. 0 gives 0 to 3.69."""
    low = _quantile(float(events), TAIL, -_Z) if events else 0.0
    return low, _quantile(events + 1.0, 1 - TAIL, _Z)


def _quantile(shape: float, share: float, z: float) -> float:
    """Where the gamma distribution of that shape has reached the share, by Newton's steps kept between two bounds."""
    start = 1 - 1 / (9 * shape) + z / (3 * sqrt(shape))
    x = max(shape * start**3, 1e-9)  # Wilson and Hilferty's approximation: near enough to begin with
    low, high = 0.0, max(4 * x, shape + 12 * sqrt(shape) + 12)
    for _ in range(200):
        error = _below(shape, x) - share
        low, high = (x, high) if error < 0 else (low, x)
        density = exp((shape - 1) * log(x) - x - lgamma(shape))
        step = x - error / density if density > 0 else low
        if not low < step < high:
            step = (low + high) / 2
        if abs(step - x) <= _NEAR * 4 * max(x, 1.0):
            return step
        x = step
    return x


def _below(shape: float, x: float) -> float:
    """The regularised incomplete gamma function P(shape, x): a series below its middle, a continued fraction above."""
    scale = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        at = shape
        for _ in range(_STEPS + int(10 * sqrt(shape))):
            at += 1
            term *= x / at
            total += term
            if term < total * _NEAR:
                break
        return total * scale
    # Lentz's way through the continued fraction of the upper part
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    fraction = d
    for number in range(1, _STEPS + int(10 * sqrt(shape))):
        factor = -number * (number - shape)
        b += 2
        d = factor * d + b
        d = 1 / (d if abs(d) > _TINY else _TINY)
        c = b + factor / c
        c = c if abs(c) > _TINY else _TINY
        fraction *= c * d
        if abs(c * d - 1) < _NEAR:
            break
    return 1 - fraction * scale
