"""A snapshot arranged for reading: who is in which group as bits, and each code's scores in order."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from model.comparison import CUTS, Cut, Peer, Snapshot


class Columns:
    """One snapshot; each part is arranged when it is first wanted, and kept.

    `place` gives a city's bit: the same one in every snapshot that is looked at together.
    """

    def __init__(self, snapshot: Snapshot, place: Callable[[str], int]) -> None:
        self.on: date = snapshot.on
        self._place = place
        self._peers = {peer.city: peer for peer in snapshot.peers}
        self._groups: dict[tuple[Cut, str], list[Peer]] = {("all", ""): list(snapshot.peers)}
        for peer in snapshot.peers:
            for cut in CUTS[1:]:
                self._groups.setdefault((cut, getattr(peer, cut)), []).append(peer)
        self._members: dict[tuple[Cut, str], int] = {}
        self._having: dict[str, int] = {}
        self._scores: dict[tuple[Cut, str], Mapping[str, list[float]]] = {}

    def members(self, cut: Cut, group: str, but: str) -> int:
        """The cities of a group, a bit each, without one of them."""
        found = self._members.get((cut, group))
        if found is None:
            found = self._bits(peer.city for peer in self._groups.get((cut, group), ()))
            self._members[cut, group] = found
        return found & ~(1 << self._place(but))

    def having(self, code: str) -> int:
        """The cities that have a score of this code, a bit each."""
        found = self._having.get(code)
        if found is None:
            found = self._having[code] = self._bits(city for city, peer in self._peers.items() if code in peer.scores)
        return found

    def scores(self, cut: Cut, group: str, code: str, but: str) -> list[float]:
        """The scores of a group in order, without one city's."""
        columns = self._scores.get((cut, group))
        if columns is None:
            columns = self._scores[cut, group] = _columns(self._groups.get((cut, group), ()))
        told = columns.get(code, [])
        own = self._peers.get(but)
        if own is None or code not in own.scores or (cut != "all" and getattr(own, cut) != group):
            return told
        at = bisect_left(told, own.scores[code])
        return told[:at] + told[at + 1 :]

    def is_synthetic(self, cut: Cut, group: str, but: str) -> bool:
        """Whether a group holds demonstration data, one city left aside."""
        return any(peer.synthetic and peer.city != but for peer in self._groups.get((cut, group), ()))

    def _bits(self, several: Iterable[str]) -> int:
        places = [self._place(city) for city in several]
        bits = bytearray(max(places, default=0) // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")


def _columns(peers: Iterable[Peer]) -> Mapping[str, list[float]]:
    found: dict[str, list[float]] = {}
    for peer in peers:
        for code, value in peer.scores.items():
            found.setdefault(code, []).append(value)
    for column in found.values():
        column.sort()
    return found
