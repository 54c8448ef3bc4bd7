package model

import "hash/maphash"

// computers finds the computers of a hierarchy by their names. A map of a hundred thousand
// names is larger than the cache of a processor, and looking into one fetches several
// places of it; looking into this table fetches one.
type computers struct {
	seed    maphash.Seed
	buckets []bucket     // their number is a power of two, and at most half of them are in use
	room    [][]computer // in pieces, which never move
	count   uint32
}

// bucket says which computer has a name.
type bucket struct {
	mark   uint32 // a part of the hash of the name
	number uint32 // of the computer, from 1; 0 for one that is not in use
}

const computersInPiece = 256

// newComputers returns an empty table with room for a number of computers. More make it
// larger.
func newComputers(expected int) *computers {
	size := 16
	for size < 2*expected {
		size *= 2
	}
	return &computers{seed: maphash.MakeSeed(), buckets: make([]bucket, size)}
}

func (c *computers) numbered(number uint32) *computer {
	return &c.room[(number-1)/computersInPiece][(number-1)%computersInPiece]
}

// look returns the computer of a normalized host name, nil when there is none, and the
// bucket that holds it or is to hold it.
func (c *computers) look(host string) (on *computer, at *bucket, mark uint32) {
	hash := maphash.String(c.seed, host)
	mark = uint32(hash >> 32)
	for place := hash; ; place++ {
		at = &c.buckets[place%uint64(len(c.buckets))]
		if at.number == 0 {
			return nil, at, mark
		}
		if at.mark == mark {
			if on = c.numbered(at.number); on.host == host {
				return on, at, mark
			}
		}
	}
}

// find returns the computer of a normalized host name, nil when there is none.
func (c *computers) find(host string) *computer {
	on, _, _ := c.look(host)
	return on
}

// meet returns the computer of a normalized host name, which is new when there was none.
func (c *computers) meet(host string) (on *computer, isNew bool) {
	on, at, mark := c.look(host)
	if on != nil {
		return on, false
	}
	if c.count%computersInPiece == 0 {
		c.room = append(c.room, make([]computer, 0, computersInPiece))
	}
	piece := &c.room[len(c.room)-1]
	*piece = append(*piece, computer{host: host})
	c.count++
	at.mark, at.number = mark, c.count
	if 2*int(c.count) > len(c.buckets) {
		c.grow()
	}
	return c.numbered(c.count), true
}

func (c *computers) grow() {
	c.buckets = make([]bucket, 2*len(c.buckets))
	for number := uint32(1); number <= c.count; number++ {
		_, at, mark := c.look(c.numbered(number).host)
		at.mark, at.number = mark, number
	}
}
