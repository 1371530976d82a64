namespace MigrationGuard.Verification.Schemas;

/// <summary>What a target's type makes of the values a source's type may hold.</summary>
public enum Fit
{
    /// <summary>It holds the same values.</summary>
    Same,

    /// <summary>It holds them all and more, or holds them in another form.</summary>
    Wider,

    /// <summary>Declarations do not say it.</summary>
    Unknown,

    /// <summary>There are values it does not hold.</summary>
    Narrower,

    /// <summary>It holds values of another kind.</summary>
    Other,
}

/// <summary>What a pair of types comes to, and why.</summary>
/// <param name="Fit">What it comes to.</param>
/// <param name="Because">A clause for a reader; null where there is nothing to say.</param>
public readonly record struct TypeFit(Fit Fit, string? Because = null)
{
    /// <summary>A difference that may lose values.</summary>
    public bool IsError => Fit is Fit.Narrower or Fit.Other;
}
