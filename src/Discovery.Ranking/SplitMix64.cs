namespace Discovery.Ranking;

/// <summary>The SplitMix64 generator (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").</summary>
internal struct SplitMix64(ulong state)
{
    private ulong _state = state;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>An index below the bound: the high word of the 128-bit product (Lemire 2019), without rejection.</summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);
}
