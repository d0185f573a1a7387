namespace Discovery.Proposals;

internal sealed class Texts;
