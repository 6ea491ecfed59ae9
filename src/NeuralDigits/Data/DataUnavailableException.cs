namespace NeuralDigits;

/// <summary>A data set is neither at hand nor to be had from any mirror. The message says what was tried and what to do.</summary>
public sealed class DataUnavailableException : IOException
{
    /// <summary>Creates the exception.</summary>
    public DataUnavailableException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public DataUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public DataUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
